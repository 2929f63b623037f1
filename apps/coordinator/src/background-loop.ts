import { AppError } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { translateDatabaseError } from "./db/database-error.ts";

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 5_000;
// A step that takes long, because there is much to look through, has a sixth of a connection's time at most.
const REST_SHARE = 5;

export interface LoopOptions {
  readonly name: string;
  /** Without a wake the next step is so long after the last. */
  readonly everyMs: number;
  /** However often it is woken, steps begin so far apart. */
  readonly apartMs: number;
  /** The first step is so long after the start; at once by default. */
  readonly firstMs?: number;
  /** After failures in a row; five seconds by default. */
  readonly longestBackOffMs?: number;
  readonly logger: Logger;
  /** Returns how many milliseconds to wait for the next one, unless woken, in place of `everyMs` and of a rest after a long step. */
  step(stopping: AbortSignal): Promise<number | void>;
  failed?(): void;
}

/** Does a step again and again until it is stopped, backing off while it fails. */
export class BackgroundLoop {
  readonly #options: LoopOptions;
  readonly #stopping = new AbortController();
  #wake = Promise.withResolvers<void>();
  #ended: Promise<void> = Promise.resolve();

  constructor(options: LoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#ended = this.#run();
  }

  /** There is reason for a step. */
  wake(): void {
    this.#wake.resolve();
  }

  /** Resolves when the step that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { everyMs, apartMs, step, firstMs = 0, longestBackOffMs = LONGEST_BACK_OFF_MS } = this.#options;
    const { signal } = this.#stopping;
    if (firstMs > 0) await waitOrAbort(firstMs, signal);
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      const began = performance.now();
      try {
        const waitMs = await step(signal);
        backOffMs = FIRST_BACK_OFF_MS;
        if (typeof waitMs === "number") {
          await this.#woken(waitMs);
          continue;
        }
        const restMs = Math.max(apartMs, (1 + REST_SHARE) * (performance.now() - began));
        await this.#woken(everyMs);
        if (!signal.aborted) await waitOrAbort(Math.max(0, began + restMs - performance.now()), signal);
      } catch (error) {
        this.#report(translateDatabaseError(error), backOffMs);
        await this.#woken(backOffMs);
        // Who wakes does not know that it fails.
        if (!signal.aborted) await waitOrAbort(Math.max(0, began + FIRST_BACK_OFF_MS - performance.now()), signal);
        backOffMs = Math.min(2 * backOffMs, longestBackOffMs);
      }
    }
  }

  async #woken(afterMs: number): Promise<void> {
    const timer = setTimeout(() => this.wake(), afterMs);
    await this.#wake.promise;
    clearTimeout(timer);
  }

  #report(error: unknown, waitMs: number): void {
    const { name: loop, logger, failed } = this.#options;
    failed?.();
    if (error instanceof AppError) logger.warn({ loop, code: error.code, waitMs }, error.message);
    else logger.error({ loop, err: error, waitMs }, "a loop failed; it goes on");
  }
}
