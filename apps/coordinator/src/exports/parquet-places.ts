import { AppError } from "@sluice/contracts";

// About the time of some ten thousand pages: somebody may have ended by then.
const ASK_AGAIN_SECONDS = 5;

/**
 * How many Parquet files this process writes at a time: each has a row group in memory, several times over while it is compressed.
 * Rows of other formats are a step at a time, and take no place.
 */
export class ParquetPlaces {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Returns what gives the place back, once however often it is called. EXPORTS_BUSY when there is none. */
  take(): () => void {
    if (this.#taken >= this.#most) {
      throw new AppError("EXPORTS_BUSY", `This coordinator writes ${this.#taken} Parquet files, as many as it may.`, {
        context: { parquetExports: this.#most, retryAfterSeconds: ASK_AGAIN_SECONDS },
      });
    }
    this.#taken += 1;
    let held = true;
    return () => {
      if (held) this.#taken -= 1;
      held = false;
    };
  }
}
