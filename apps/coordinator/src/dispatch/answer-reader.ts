import { letOthersIn } from "./let-others-in.ts";
import { receivedBytes } from "./received-bytes.ts";

/** A line, or a text, longer than this is no result of ours: the text of one document is bounded far below it. */
const MAX_BYTES = 1 << 30;

export class AnswerTooLong extends Error {}

const NEWLINE = 10;
const NOTHING: Uint8Array = new Uint8Array();

/**
 * Reads a byte stream as lines, and as bytes of which a line has said how many there are. An unfinished last line is not a
 * line. `onBytes` hears of every piece that arrives: a long answer is on its way for a while. Cancels what is left when
 * its scope ends.
 */
export class AnswerReader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #onBytes: () => void;
  readonly #maxBytes: number;
  #piece = NOTHING;
  #at = 0;
  #ended = false;
  #sinceLine = 0;

  constructor(
    stream: ReadableStream<Uint8Array>,
    { onBytes, maxBytes = MAX_BYTES }: { onBytes?: () => void; maxBytes?: number } = {},
  ) {
    this.#reader = stream.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    this.#onBytes = onBytes ?? (() => undefined);
    this.#maxBytes = maxBytes;
  }

  /** The next line without its newline; null at the end. */
  async line(): Promise<string | null> {
    receivedBytes.add(this.#sinceLine);
    this.#sinceLine = 0;
    await letOthersIn();
    let before: Uint8Array[] | null = null;
    let bytes = 0;
    for (;;) {
      const end = this.#piece.indexOf(NEWLINE, this.#at);
      if (end !== -1) {
        const last = this.#take(end + 1).subarray(0, -1);
        return decode(before === null ? last : Buffer.concat([...before, last]));
      }
      const rest = this.#take(this.#piece.byteLength);
      (before ??= []).push(rest);
      bytes += rest.byteLength;
      if (bytes > this.#maxBytes) throw new AnswerTooLong(`A line is longer than ${this.#maxBytes} bytes.`);
      if (!(await this.#more())) return null;
    }
  }

  /** So many bytes; null when the stream ends before. */
  async bytes(count: number): Promise<Uint8Array | null> {
    if (count > this.#maxBytes) throw new AnswerTooLong(`A text of ${count} bytes is announced.`);
    const left = this.#piece.byteLength - this.#at;
    if (left >= count) return this.#take(this.#at + count);
    const pieces = [this.#take(this.#piece.byteLength)];
    for (let missing = count - left; missing > 0;) {
      if (!(await this.#more())) return null;
      const part = this.#take(Math.min(missing, this.#piece.byteLength));
      pieces.push(part);
      missing -= part.byteLength;
    }
    return Buffer.concat(pieces, count);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) await this.#reader.cancel().catch(() => undefined);
  }

  #take(end: number): Uint8Array {
    const taken = this.#piece.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#ended = true;
      return false;
    }
    this.#onBytes();
    this.#sinceLine += value.byteLength;
    this.#piece = value;
    this.#at = 0;
    return true;
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
