// What one text of unusual length needs is not kept for the next ones.
const KEPT_BYTES = 8 << 20;

/**
 * Many texts as UTF-8 in one piece of memory that is used again and again. As a buffer a text, they lie outside of what
 * brings the collector of garbage, and it comes when a hundred megabytes of them are there.
 */
export class TextBytes {
  readonly #encoder = new TextEncoder();
  #memory = new Uint8Array(0);

  /** Views that hold until the next call. */
  encode(texts: readonly (string | null)[]): (Uint8Array | null)[] {
    // A unit of UTF-16 is three bytes of UTF-8 at most.
    const most = texts.reduce((sum, text) => sum + 3 * (text?.length ?? 0), 0);
    const memory = this.#memory.length >= most ? this.#memory : new Uint8Array(most);
    this.#memory = memory.length <= KEPT_BYTES ? memory : new Uint8Array(0);
    let end = 0;
    return texts.map((text) => {
      if (text === null) return null;
      const start = end;
      end += this.#encoder.encodeInto(text, memory.subarray(start)).written;
      return memory.subarray(start, end);
    });
  }
}
