// What is received is copied a few times on its way to PostgreSQL, and all of it lies outside of the heap, where it does not bring
// the collector of garbage by itself: at 8 MB a second two hundred megabytes were there when it came. Called for, it takes some
// 15 ms, at that pace each other second.
const COLLECT_AT_BYTES = 16 << 20;

/** Bytes of answers that a process has received, over all its streams: has the garbage collected when they are many. */
export class ReceivedBytes {
  readonly #collectAtBytes: number;
  readonly #collect: () => void;
  #since = 0;

  constructor({ collectAtBytes = COLLECT_AT_BYTES, collect = () => Bun.gc(true) } = {}) {
    this.#collectAtBytes = collectAtBytes;
    this.#collect = collect;
  }

  add(bytes: number): void {
    this.#since += bytes;
    if (this.#since < this.#collectAtBytes) return;
    this.#since = 0;
    this.#collect();
  }
}

/** Of this process: there is one heap, whoever receives. */
export const receivedBytes = new ReceivedBytes();
