import { closeSync, readSync } from "node:fs";
import type { RandomReader } from "../random-reader.ts";
import { SourceFault } from "../source-fault.ts";

const READ_BYTES = 256 << 10;

/** An open file, whose descriptor is its own from now on. */
export class FileReader implements RandomReader, Disposable {
  readonly size: number;
  readonly #descriptor: number;
  #closed = false;

  constructor(descriptor: number, size: number) {
    this.#descriptor = descriptor;
    this.size = size;
  }

  // Read at once rather than by promises: the pages are in the cache or the disk is what counts.
  // oxlint-disable-next-line eslint/require-await
  async *read(start: number, end: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = start; at < end;) {
      if (this.#closed) throw new SourceFault("SOURCE_UNREADABLE", "The archive was closed while it was read.");
      const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
      const count = this.#readAt(buffer, at);
      if (count === 0) throw new SourceFault("SOURCE_CHANGED", "The archive became shorter while it was read.");
      at += count;
      yield buffer.subarray(0, count);
    }
  }

  #readAt(buffer: Buffer, at: number): number {
    try {
      return readSync(this.#descriptor, buffer, 0, buffer.length, at);
    } catch (error) {
      const { code = "an unknown error" } = error as NodeJS.ErrnoException;
      throw new SourceFault("SOURCE_UNREADABLE", `Reading failed: ${code}.`, { cause: error });
    }
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}
