/** The last bytes a child wrote to stderr: drained always, so that a chatty child never blocks, and kept in bounds. */
export class StderrTail {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #bytes = 0;
  /** Settles when the stream ends. */
  readonly ended: Promise<void>;

  constructor(stream: ReadableStream<Uint8Array>, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.ended = this.#drain(stream);
  }

  text(): string {
    const kept = Buffer.concat(this.#pieces);
    return new TextDecoder().decode(kept.subarray(Math.max(0, kept.length - this.#maxBytes)));
  }

  async #drain(stream: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of stream) this.#keep(chunk);
    } catch {
      // A pipe that breaks has nothing more to say.
    }
  }

  #keep(chunk: Uint8Array): void {
    // Copied, since a small tail of a large chunk would keep all of it.
    this.#pieces.push(chunk.slice(-this.#maxBytes));
    this.#bytes += Math.min(chunk.length, this.#maxBytes);
    while (this.#pieces.length > 1 && this.#bytes - (this.#pieces[0]?.length ?? 0) >= this.#maxBytes) {
      this.#bytes -= this.#pieces.shift()?.length ?? 0;
    }
  }
}
