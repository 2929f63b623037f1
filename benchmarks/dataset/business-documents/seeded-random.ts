/** Numbers that look random and are the same for the same seed: xorshift of 32 bits (Marsaglia, Journal of Statistical Software 8(14), 2003). */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    // Neighbouring seeds must not begin alike, and 0 would stay 0.
    this.#state = Math.imul(seed, 0x9e37_79b1) >>> 0 || 1;
    for (let round = 0; round < 8; round++) this.next();
  }

  /** From 0 up to, not with, 1. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return this.#state / 2 ** 32;
  }

  /** A whole number from 0 up to, not with, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** @throws Error when there is nothing to pick from */
  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error("There is nothing to pick from.");
    return choice;
  }
}
