/**
 * Judges a worker's stream while it is read. Two things end it: silence, which means the worker or the way to it is gone,
 * and lines without progress, which mean that a document holds its worker whatever its heartbeat says.
 */
import { AttemptEnded } from "./attempt-ended.ts";

/** A worker sends a line each second; five that are missing are no jitter. */
export const SILENCE_MS = 5_000;
/** A document that crashed its extractor is tried once more, and a kill and a fresh extractor take a moment. */
const DOCUMENT_TRIES = 2;
const DOCUMENT_GRACE_MS = 10_000;
const CHECK_EVERY_MS = 500;

export class StreamWatch implements Disposable {
  readonly #abort: AbortController;
  readonly #timer: Timer;
  readonly #stuckMs: number;
  readonly #silenceMs: number;
  readonly #checkEveryMs: number;
  #lastBytes = Date.now();
  #lastItem = Date.now();
  #lastCheck = Date.now();
  #current: number | null = null;

  constructor(options: { documentTimeoutMs: number; abort: AbortController; silenceMs?: number; stuckMs?: number }) {
    this.#abort = options.abort;
    this.#silenceMs = options.silenceMs ?? SILENCE_MS;
    this.#stuckMs = options.stuckMs ?? DOCUMENT_TRIES * options.documentTimeoutMs + DOCUMENT_GRACE_MS;
    this.#checkEveryMs = Math.min(CHECK_EVERY_MS, this.#silenceMs / 4, this.#stuckMs / 4);
    this.#timer = setInterval(() => this.#check(), this.#checkEveryMs);
  }

  /** What the worker was reading when it was last heard of; null before it has taken the shard. */
  get current(): number | null {
    return this.#current;
  }

  sawBytes(): void {
    this.#lastBytes = Date.now();
  }

  sawItem(): void {
    this.#lastItem = Date.now();
  }

  reads(ordinal: number | null): void {
    this.#current = ordinal;
  }

  #check(): void {
    const now = Date.now();
    // While this process itself stood still, nobody could be heard: that time is nobody's silence.
    const stoodStillMs = Math.max(0, now - this.#lastCheck - 2 * this.#checkEveryMs);
    this.#lastBytes += stoodStillMs;
    this.#lastItem += stoodStillMs;
    this.#lastCheck = now;
    if (now - this.#lastBytes > this.#silenceMs) {
      this.#abort.abort(
        new AttemptEnded("worker_lost", { fault: `silent for ${this.#silenceMs} ms`, ordinal: this.#current }),
      );
    } else if (now - this.#lastItem > this.#stuckMs) {
      this.#abort.abort(new AttemptEnded("cut", { fault: `no item for ${this.#stuckMs} ms`, ordinal: this.#current }));
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
