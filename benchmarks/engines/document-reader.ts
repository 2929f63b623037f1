import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const FIRST_BYTES = 1 << 20;

/**
 * Reads files one after the other into the same memory, so that the memory figures are the engine's and not those of
 * buffers that nobody has collected yet. What is returned is valid until the next call.
 */
export class DocumentReader {
  #memory = new Uint8Array(FIRST_BYTES);

  read(path: string): Uint8Array {
    const file = openSync(path, "r");
    try {
      const { size } = fstatSync(file);
      if (size > this.#memory.length) this.#memory = new Uint8Array(size);
      let length = 0;
      while (length < size) {
        const got = readSync(file, this.#memory, length, size - length, length);
        if (got === 0) break;
        length += got;
      }
      return this.#memory.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }
}
