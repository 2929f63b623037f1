const EVERY_MS = 1_000;
/** A loop that was this late a second ago serves nobody in time. */
const STALLED_MS = 5_000;

/** Measures how late the event loop is: a timer that should fire each second, and what it missed that by. */
export class LoopWatch implements Disposable {
  readonly #timer: Timer;
  readonly #stalledMs: number;
  #due: number;
  #lagMs = 0;

  constructor({ everyMs = EVERY_MS, stalledMs = STALLED_MS } = {}) {
    this.#stalledMs = stalledMs;
    this.#due = performance.now() + everyMs;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#lagMs = Math.max(0, now - this.#due);
      this.#due = now + everyMs;
    }, everyMs).unref();
  }

  /** The delay at the last tick, or the one that is growing now. */
  get lagMs(): number {
    return Math.max(this.#lagMs, performance.now() - this.#due, 0);
  }

  get stalled(): boolean {
    return this.lagMs > this.#stalledMs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
