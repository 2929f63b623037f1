import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import { indexStep } from "./index-step.ts";

const LOOK_EVERY_MS = 5_000;
// A fleet that has just ended a batch often gets the next one at once.
const QUIET_FOR_MS = 5_000;
// While documents are read, searching may wait: one part in thirty of the time is for what has ended meanwhile, so that an
// index comes to its end even where there is never a break.
const REST_WHILE_BUSY = 30;

interface IndexerParts {
  readonly database: Database;
  readonly logger: Logger;
  /** Whether this coordinator may work on the database at all. */
  mayWork(): boolean;
}

/** Makes what has been stored searchable, step by step, when nothing else is to be done. Any coordinator does it. */
export class SearchIndexer {
  readonly #parts: IndexerParts;
  readonly #loop: BackgroundLoop;
  #readAt = Date.now();
  #asked = false;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      name: "search index",
      everyMs: LOOK_EVERY_MS,
      apartMs: 0,
      logger: parts.logger,
      step: () => this.#step(),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Somebody searches: what has ended is not left for a quieter moment, unless something is being read. */
  wake(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#loop.wake();
  }

  /** Resolves when the step that runs has ended. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Returns how long to wait for the next one. */
  async #step(): Promise<number> {
    const { database, logger, mayWork } = this.#parts;
    if (!mayWork()) return LOOK_EVERY_MS;
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
}

/** Whether any coordinator has documents read now. */
async function isReading({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ reading: boolean }>(
    "select exists (select 1 from attempts where outcome = 'running') as reading",
  );
  return rows[0]?.reading ?? false;
}
