const INITIAL_BYTES = 1 << 20;
// Of one usual document and some: more is given back by `trim`.
const KEPT_BYTES = 4 << 20;

const encoder = new TextEncoder();

/** The line would be larger than its reader accepts. */
export class LineTooLarge extends Error {}

/** Writes one JSON line, and what follows it, as UTF-8 after a reserved header. */
export class LineWriter {
  readonly #headerBytes: number;
  #buffer = new Uint8Array(INITIAL_BYTES);
  #length = 0;
  #maxBytes = INITIAL_BYTES;

  constructor(headerBytes: number) {
    this.#headerBytes = headerBytes;
  }

  /** Begins a line of at most `maxBytes`; what was written before is void. */
  begin(maxBytes: number): void {
    this.#length = this.#headerBytes;
    this.#maxBytes = maxBytes;
  }

  /** Length of the line so far, in bytes. */
  get length(): number {
    return this.#length - this.#headerBytes;
  }

  /** Header and line; valid until the next `begin`. */
  finish(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Gives back what a huge line made it grow by; the line is void then. Returns whether there was anything. */
  trim(): boolean {
    if (this.#buffer.length <= KEPT_BYTES) return false;
    this.#buffer = new Uint8Array(INITIAL_BYTES);
    this.#length = this.#headerBytes;
    return true;
  }

  /** Text that is JSON already. */
  json(text: string): void {
    // UTF-16 to UTF-8 is at most three bytes a unit.
    this.#reserve(text.length * 3);
    this.#length += encoder.encodeInto(text, this.#buffer.subarray(this.#length)).written;
  }

  /** Bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed - this.#headerBytes > this.#maxBytes) throw new LineTooLarge();
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
