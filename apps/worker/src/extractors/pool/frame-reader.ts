import { FRAME_HEADER_BYTES, type FrameHeader, readFrameHeader } from "../frame.ts";

export interface Frame extends FrameHeader {
  /** The payload in the pieces it arrived in, never copied together. */
  readonly payload: readonly Uint8Array[];
}

/** The child's answer is no frame: garbage, or larger than was agreed. */
export class FrameFault extends Error {}

/** Cuts a byte stream into frames. Holds at most one unfinished frame of `maxFrameBytes`. */
export class FrameReader {
  /** Set before the requests that allow a larger answer are sent. */
  maxFrameBytes: number;
  readonly #header = new Uint8Array(FRAME_HEADER_BYTES);
  #headerBytes = 0;
  #current: FrameHeader | null = null;
  #payload: Uint8Array[] = [];
  #missing = 0;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /** The frames that this chunk completes. Throws FrameFault. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#current === null) {
        offset += this.#takeHeader(chunk, offset);
        if (this.#current === null) break;
      }
      const end = Math.min(chunk.length, offset + this.#missing);
      if (end > offset) this.#payload.push(chunk.subarray(offset, end));
      this.#missing -= end - offset;
      offset = end;
      if (this.#missing === 0) frames.push(this.#finish(this.#current));
    }
    return frames;
  }

  #takeHeader(chunk: Uint8Array, offset: number): number {
    const taken = Math.min(FRAME_HEADER_BYTES - this.#headerBytes, chunk.length - offset);
    this.#header.set(chunk.subarray(offset, offset + taken), this.#headerBytes);
    this.#headerBytes += taken;
    if (this.#headerBytes < FRAME_HEADER_BYTES) return taken;
    const header = readFrameHeader(this.#header);
    if (header === null) throw new FrameFault("it wrote bytes that are no answer");
    if (header.length === 0) throw new FrameFault("it wrote an empty answer");
    if (header.length > this.maxFrameBytes) throw new FrameFault(`it announced an answer of ${header.length} bytes`);
    this.#headerBytes = 0;
    this.#current = header;
    this.#missing = header.length;
    return taken;
  }

  #finish(header: FrameHeader): Frame {
    const frame = { ...header, payload: this.#payload };
    this.#current = null;
    this.#payload = [];
    return frame;
  }
}
