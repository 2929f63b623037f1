import type { BatchStatus } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";

/**
 * Reads the status of batches for many who ask at once: whoever comes while a batch is being read waits for the next reading of it,
 * with all who come until then. So each gets what was so after he had asked, his own changes included, and the database is asked for
 * a batch once at a time.
 */
export class StatusReader {
  readonly #read: (batchId: string) => Promise<BatchStatus>;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #next = new Map<string, Promise<BatchStatus>>();

  constructor(read: (batchId: string) => Promise<BatchStatus>) {
    this.#read = read;
  }

  static of(database: Pick<Database, "quick">): StatusReader {
    return new StatusReader(async (batchId) => (await readBatch({ sql: database.quick }, batchId)).status);
  }

  /** NOT_FOUND. */
  read(batchId: string): Promise<BatchStatus> {
    const next = this.#next.get(batchId);
    if (next !== undefined) return next;
    const running = this.#running.get(batchId);
    if (running === undefined) return this.#begin(batchId);
    const following = this.#after(running, batchId);
    this.#next.set(batchId, following);
    return following;
  }

  async #after(running: Promise<unknown>, batchId: string): Promise<BatchStatus> {
    await Promise.allSettled([running]);
    this.#next.delete(batchId);
    return await this.#begin(batchId);
  }

  #begin(batchId: string): Promise<BatchStatus> {
    const reading = this.#read(batchId);
    this.#running.set(batchId, reading);
    const end = () => {
      if (this.#running.get(batchId) === reading) this.#running.delete(batchId);
    };
    reading.then(end, end);
    return reading;
  }
}
