import { AppError } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { indexStep } from "./index-step.ts";

const LOOK_EVERY_MS = 5_000;
// A fleet that has just ended a batch often gets the next one at once.
const QUIET_FOR_MS = 5_000;
// While documents are read, searching may wait: one part in thirty of the time is for what has ended meanwhile, so that an
// index comes to its end even where there is never a break.
const REST_WHILE_BUSY = 30;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;

export interface IndexerParts {
  readonly database: Database;
  readonly logger: Logger;
  /** Whether this coordinator may work on the database at all. */
  allowed(): boolean;
}

/** Makes what has been stored searchable, step by step, when nothing else is to be done. Any coordinator does it. */
export class SearchIndexer {
  readonly #parts: IndexerParts;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #readAt = Date.now();
  #asked = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Somebody searches: what has ended is not left for a quieter moment, unless something is being read. */
  wake(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#wake.abort();
  }

  /** Resolves when the step that runs has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#rest(this.#parts.allowed() ? await this.#step() : LOOK_EVERY_MS);
        backOffMs = FIRST_BACK_OFF_MS;
      } catch (error) {
        this.#report(translateDatabaseError(error), backOffMs);
        await waitOrAbort(backOffMs, this.#stop.signal);
        backOffMs = Math.min(2 * backOffMs, LONGEST_BACK_OFF_MS);
      }
    }
  }

  /** Returns how long to wait for the next one. */
  async #step(): Promise<number> {
    const { database, logger } = this.#parts;
    const reading = await isReading(database);
    if (reading) this.#readAt = Date.now();
    const began = performance.now();
    const step = await indexStep(database);
    if (step === null) {
      this.#asked = false;
      return LOOK_EVERY_MS;
    }
    if (step.done) logger.info({ batchId: step.batchId }, "batch is searchable");
    const free = Date.now() - this.#readAt >= QUIET_FOR_MS || (this.#asked && !reading);
    return free ? 0 : REST_WHILE_BUSY * (performance.now() - began);
  }

  async #rest(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await waitOrAbort(ms, AbortSignal.any([this.#stop.signal, this.#wake.signal]));
  }

  #report(error: unknown, waitMs: number): void {
    const { logger } = this.#parts;
    if (error instanceof AppError) logger.warn({ code: error.code, waitMs }, error.message);
    else logger.error({ err: error, waitMs }, "a step of the search index failed; it is tried again");
  }
}

/** Whether any coordinator has documents read now. */
async function isReading({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ reading: boolean }>(
    "select exists (select 1 from attempts where outcome = 'running') as reading",
  );
  return rows[0]?.reading ?? false;
}
