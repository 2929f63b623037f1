// Lines are gathered up to this size, so that a thousand small ones do not cost a thousand writes.
const CHUNK_BYTES = 256 << 10;
// Above this the producer waits: the reader is slower than the extractor.
const HIGH_WATER_BYTES = 1 << 20;

/** A coordinator that is frozen keeps its connection: past its lease, and some, its slot is better used by others. */
const STALL_MS = 30_000;

export class ReaderStalled extends Error {
  constructor(stallMs: number) {
    super(`the reader has taken nothing for ${stallMs} ms`);
  }
}

/**
 * A byte stream that is filled from one side and pulled from the other, holding about 1 MB. Ends by `end`, by `fail`,
 * or by the reader going away, which `onCancel` tells.
 */
export class LineStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #stallMs: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  #ended = false;
  #failure: Error | null = null;
  #cancelled = false;
  #gateOpen = false;
  #wakeReader: (() => void) | null = null;
  #wakeWriter: (() => void) | null = null;

  constructor(onCancel: () => void, stallMs: number = STALL_MS) {
    this.#stallMs = stallMs;
    this.readable = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => this.#pull(controller),
        cancel: () => {
          this.#cancelled = true;
          this.#wakeWriter?.();
          onCancel();
        },
      },
      // Nothing is pulled ahead: what waits here is counted here.
      { highWaterMark: 0 },
    );
  }

  /** Nothing waits to be read. */
  get drained(): boolean {
    return this.#bytes === 0;
  }

  push(pieces: readonly Uint8Array[]): void {
    if (this.#cancelled) return;
    for (const piece of pieces) {
      this.#pieces.push(piece);
      this.#bytes += piece.length;
    }
    this.#wakeReader?.();
  }

  /** Settles when there is room for more, or nobody to read it. Throws when the reader has taken nothing for so long. */
  async room(): Promise<void> {
    while (this.#bytes > HIGH_WATER_BYTES && !this.#cancelled && !this.#gateOpen) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#wakeWriter = resolve;
      const timer = setTimeout(() => reject(new ReaderStalled(this.#stallMs)), this.#stallMs);
      try {
        await promise;
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** Room for all from now on: the little that is still to come must not wait for the reader. */
  openTheGate(): void {
    this.#gateOpen = true;
    this.#wakeWriter?.();
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** Breaks the stream off, without the end that tells a reader it is whole. */
  fail(error: Error): void {
    this.#failure = error;
    this.#wakeReader?.();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#bytes === 0 && !this.#ended && this.#failure === null) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wakeReader = resolve;
      await promise;
      // What comes in the same turn goes together.
      await new Promise((later) => setImmediate(later));
    }
    if (this.#failure !== null) controller.error(this.#failure);
    else if (this.#bytes > 0) controller.enqueue(this.#nextChunk());
    else controller.close();
    this.#wakeWriter?.();
  }

  #nextChunk(): Uint8Array {
    let count = 0;
    let bytes = 0;
    for (const piece of this.#pieces) {
      if (count > 0 && bytes + piece.length > CHUNK_BYTES) break;
      count += 1;
      bytes += piece.length;
    }
    const taken = this.#pieces.splice(0, count);
    this.#bytes -= bytes;
    return taken.length === 1 && taken[0] !== undefined ? taken[0] : Buffer.concat(taken, bytes);
  }
}
