import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import { completeUses } from "./complete-uses.ts";
import { FROM_THE_START, removeStep } from "./remove-step.ts";

// What another coordinator was asked to delete, and left when it died, is found at the next look.
const LOOK_EVERY_MS = 10_000;
/** Deletion is in no hurry: for each moment of work it leaves as much to those who wait for the same disk. */
const REST_SHARE = 1;

interface RemoverParts {
  readonly database: Database;
  readonly logger: Logger;
}

/** Takes away the rows of batches whose deletion was asked for, here or elsewhere, one batch after another. */
export class BatchRemover {
  readonly #parts: RemoverParts;
  readonly #loop: BackgroundLoop;

  constructor(parts: RemoverParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      name: "deletion",
      everyMs: LOOK_EVERY_MS,
      apartMs: 0,
      logger: parts.logger,
      step: async (stopping) => {
        for (const batchId of await findDeleting(parts.database)) await this.#remove(batchId, stopping);
        return LOOK_EVERY_MS;
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** There is something to delete. */
  wake(): void {
    this.#loop.wake();
  }

  /** Ends after the step that is under way. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #remove(batchId: string, stopping: AbortSignal): Promise<void> {
    const { database, logger } = this.#parts;
    await completeUses(database, batchId, stopping);
    for (let from = FROM_THE_START; !stopping.aborted;) {
      const began = performance.now();
      const { outcome, after } = await removeStep(database, batchId, from);
      from = after;
      if (outcome === "done") logger.info({ batchId }, "a batch was deleted");
      if (outcome !== "more") return;
      await waitOrAbort(REST_SHARE * (performance.now() - began), stopping);
    }
  }
}

async function findDeleting({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    "select id from batches where deleting_at is not null order by deleting_at, id",
  );
  return rows.map((row) => row.id);
}
