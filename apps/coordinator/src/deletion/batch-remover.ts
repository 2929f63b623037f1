import { type Logger, waitOrAbort } from "@sluice/serverkit";
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
  readonly #stopping = new AbortController();
  #woken = Promise.withResolvers<void>();
  #ended: Promise<void> | null = null;

  constructor(parts: RemoverParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** There is something to delete. */
  wake(): void {
    this.#woken.resolve();
  }

  /** Ends after the step that is under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#woken = Promise.withResolvers();
      try {
        for (const batchId of await findDeleting(this.#parts.database)) await this.#remove(batchId);
      } catch (error) {
        if (!signal.aborted) this.#parts.logger.warn({ err: error }, "a deletion was interrupted; it goes on later");
      }
      await Promise.race([this.#woken.promise, waitOrAbort(LOOK_EVERY_MS, signal)]);
    }
  }

  async #remove(batchId: string): Promise<void> {
    const { database, logger } = this.#parts;
    const { signal } = this.#stopping;
    await completeUses(database, batchId, signal);
    for (let from = FROM_THE_START; !signal.aborted;) {
      const began = performance.now();
      const { outcome, after } = await removeStep(database, batchId, from);
      from = after;
      if (outcome === "done") logger.info({ batchId }, "a batch was deleted");
      if (outcome !== "more") return;
      await waitOrAbort(REST_SHARE * (performance.now() - began), signal);
    }
  }
}

async function findDeleting({ pool }: Database): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    "select id from batches where deleting_at is not null order by deleting_at, id",
  );
  return rows.map((row) => row.id);
}
