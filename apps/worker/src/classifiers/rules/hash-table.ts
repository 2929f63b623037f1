/** Integer keys to integer values with open addressing: what a Map does, without boxing, on the path of every word of every document. */
export class HashTable {
  readonly #mask: number;
  // Key, key, value + 1, unused: a slot is within one cache line, and 0 marks it free.
  readonly #slots: Int32Array;

  /** @param capacity entries at most; a key is a pair of 32-bit integers. */
  constructor(capacity: number) {
    let size = 16;
    while (size < capacity * 2) size *= 2;
    this.#mask = size - 1;
    this.#slots = new Int32Array(size * 4);
  }

  /** The value of a key, or -1. Values are 0 or more. */
  get(first: number, second: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let slot = mix(first, second) & mask;
    for (;;) {
      const at = slot << 2;
      const value = slots[at + 2] as number;
      if (value === 0) return -1;
      if (slots[at] === first && slots[at + 1] === second) return value - 1;
      slot = (slot + 1) & mask;
    }
  }

  set(first: number, second: number, value: number): void {
    const slots = this.#slots;
    let slot = mix(first, second) & this.#mask;
    while (slots[(slot << 2) + 2] !== 0 && !(slots[slot << 2] === first && slots[(slot << 2) + 1] === second))
      slot = (slot + 1) & this.#mask;
    slots[slot << 2] = first;
    slots[(slot << 2) + 1] = second;
    slots[(slot << 2) + 2] = value + 1;
  }
}

// MurmurHash3's finaliser (public domain): neighbouring keys must not land in neighbouring slots, or probing becomes a walk.
function mix(first: number, second: number): number {
  let mixed = first ^ Math.imul(second, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
