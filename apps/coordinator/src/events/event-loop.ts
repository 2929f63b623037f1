import type { Logger } from "@sluice/serverkit";
import { BackgroundLoop } from "../background-loop.ts";
import type { Database } from "../db/database.ts";
import { EventLog } from "./event-log.ts";
import { forgetEvents } from "./forget-events.ts";

// What another coordinator has changed is found at the next look; our own changes wake us.
const LOOK_EVERY_MS = 500;
// Every commit is a change.
const APART_MS = 100;
const FORGET_EVERY_MS = 3_600_000;

interface EventLoopParts {
  readonly database: Database;
  readonly keepDays: number;
  readonly logger: Logger;
  readonly metrics: { eventsTold(lagSeconds: readonly number[]): void; loopFailed(loop: "events"): void };
  /** There is something for webhooks. */
  deliveriesMade(): void;
  /** Not where a newer version has migrated the database. */
  mayWork(): boolean;
}

/** Keeps the log of events up to date, whoever made them, and forgets what is old. */
export class EventLoop {
  readonly log: EventLog;
  readonly #parts: EventLoopParts;
  readonly #loop: BackgroundLoop;
  #forgetAt = 0;

  constructor(parts: EventLoopParts) {
    this.#parts = parts;
    this.log = new EventLog(parts);
    this.#loop = new BackgroundLoop({
      name: "events",
      everyMs: LOOK_EVERY_MS,
      apartMs: APART_MS,
      logger: parts.logger,
      step: () => this.#step(),
      failed: () => parts.metrics.loopFailed("events"),
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    // What was changed since the last look; should the database be away, another coordinator finds it.
    if (this.#parts.mayWork()) await this.log.look().catch(() => undefined);
  }

  async #step(): Promise<void> {
    if (!this.#parts.mayWork()) return;
    await this.log.look();
    if (Date.now() < this.#forgetAt) return;
    this.#forgetAt = Date.now() + FORGET_EVERY_MS;
    const gone = await forgetEvents(this.#parts.database, this.#parts.keepDays);
    if (gone.events + gone.deliveries > 0) this.#parts.logger.info(gone, "old events deleted");
  }
}
