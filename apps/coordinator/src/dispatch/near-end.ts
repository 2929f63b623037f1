// What it takes to fetch and record the next shard while workers keep the machine busy, and some.
const AHEAD_MS = 50;

/** Tells once that a shard will be read to its end in a moment, judged by how fast its items have been answered so far. */
export class NearEnd {
  readonly #items: number;
  readonly #tell: () => void;
  readonly #startedAt = performance.now();
  #told = false;

  constructor(items: number, tell: () => void) {
    this.#items = items;
    this.#tell = tell;
  }

  /** `left`: items without an answer yet. */
  sawItem(left: number): void {
    if (this.#told) return;
    const msAnItem = (performance.now() - this.#startedAt) / (this.#items - left);
    if (left * msAnItem > AHEAD_MS) return;
    this.#told = true;
    this.#tell();
  }
}
