/** Integer keys to integer values with open addressing: what a Map does, without boxing, on the path of every word of every document. */
export class HashTable {
  readonly #mask: number;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #values: Int32Array;

  /** @param capacity entries at most; a key is a pair of 32-bit integers. */
  constructor(capacity: number) {
    let size = 16;
    while (size < capacity * 2.5) size *= 2;
    this.#mask = size - 1;
    this.#first = new Int32Array(size);
    this.#second = new Int32Array(size);
    this.#values = new Int32Array(size).fill(-1);
  }

  /** The value of a key, or -1. Values are 0 or more. */
  get(first: number, second: number): number {
    const mask = this.#mask;
    const values = this.#values;
    let slot = mix(first, second) & mask;
    for (;;) {
      const value = values[slot] as number;
      if (value === -1) return -1;
      if (this.#first[slot] === first && this.#second[slot] === second) return value;
      slot = (slot + 1) & mask;
    }
  }

  set(first: number, second: number, value: number): void {
    let slot = mix(first, second) & this.#mask;
    while (this.#values[slot] !== -1 && !(this.#first[slot] === first && this.#second[slot] === second)) slot = (slot + 1) & this.#mask;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#values[slot] = value;
  }
}

function mix(first: number, second: number): number {
  const mixed = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
