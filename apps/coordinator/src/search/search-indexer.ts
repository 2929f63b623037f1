import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import type { CoordinatorMetrics } from "../metrics/coordinator-metrics.ts";
import { type IndexedStep, indexStep } from "./index-step.ts";

const LOOK_EVERY_MS = 5_000;
// A fleet that has just ended a batch often gets the next one at once.
const QUIET_FOR_MS = 5_000;
// While documents are read, searching may wait: one part in thirty of the time is for what has ended meanwhile, so that an
// index comes to its end even where there is never a break.
const REST_WHILE_BUSY = 30;

interface IndexerParts {
  readonly database: Database;
  readonly logger: Logger;
  readonly metrics: Pick<CoordinatorMetrics, "loopFailed" | "searchRefused">;
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
      failed: () => parts.metrics.loopFailed("search"),
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
    const { database, mayWork } = this.#parts;
    if (!mayWork()) return LOOK_EVERY_MS;
    const reading = await isReading(database);
    if (reading) this.#readAt = Date.now();
    const began = performance.now();
    const step = await indexStep(database);
    if (step === null) {
      this.#asked = false;
      return LOOK_EVERY_MS;
    }
    this.#tell(step);
    const free = Date.now() - this.#readAt >= QUIET_FOR_MS || (this.#asked && !reading);
    return free ? 0 : REST_WHILE_BUSY * (performance.now() - began);
  }

  #tell({ batchId, done, refused, fault }: IndexedStep): void {
    const { logger, metrics } = this.#parts;
    if (fault !== null) {
      metrics.loopFailed("search");
      logger.error({ batchId, err: fault }, "a batch could not be made searchable; others come first, then it again");
    }
    if (refused > 0) {
      metrics.searchRefused(refused);
      logger.warn({ batchId, pages: refused }, "pages cannot be found by a search: see the table search_refusals");
    }
    if (done) logger.info({ batchId }, "batch is searchable");
  }
}

/** Whether any coordinator has documents read now. */
async function isReading({ pool }: Database): Promise<boolean> {
  const { rows } = await pool.query<{ reading: boolean }>(
    "select exists (select 1 from attempts where outcome = 'running') as reading",
  );
  return rows[0]?.reading ?? false;
}
