/** Lets `perSecond` calls a second through, and after a pause as many at once as two seconds give. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #most: number;
  #left: number;
  #at: number;

  constructor(perSecond: number, now = performance.now()) {
    this.#perSecond = perSecond;
    // Never less than one call, or a slow rate would let none through at all.
    this.#most = Math.max(1, BURST_SECONDS * perSecond);
    this.#left = this.#most;
    this.#at = now;
  }

  /** Whether this call may pass; with what is left, and after how many seconds there is one more than none. */
  take(now = performance.now()): { allowed: boolean; left: number; resetSeconds: number } {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) / 1_000) * this.#perSecond);
    this.#at = now;
    const allowed = this.#left >= 1;
    if (allowed) this.#left -= 1;
    const resetSeconds = Math.ceil(Math.max(0, 1 - this.#left) / this.#perSecond);
    return { allowed, left: Math.floor(this.#left), resetSeconds };
  }
}

/** A client that has been idle may begin with a burst: submissions do. */
export const BURST_SECONDS = 2;
