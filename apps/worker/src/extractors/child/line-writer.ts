const INITIAL_BYTES = 1 << 20;
// Of one usual document and some: more is given back by `trim`.
const KEPT_BYTES = 4 << 20;
const BLOCK_BYTES = 64 << 10;
// The longest escape: \u00XX for one byte.
const WORST_ESCAPE = 6;

const encoder = new TextEncoder();
const HEX = encoder.encode("0123456789abcdef");

// 0: the byte stands for itself in a JSON string; `u`: \u00XX; otherwise the letter after the backslash.
const ESCAPES = new Uint8Array(256).fill("u".charCodeAt(0), 0, 0x20);
for (const [char, letter] of Object.entries({
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\f": "f",
  "\r": "r",
  '"': '"',
  "\\": "\\",
})) {
  ESCAPES[char.charCodeAt(0)] = letter.charCodeAt(0);
}

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const ZERO = 0x30;

/** The line would be larger than its reader accepts. */
export class LineTooLarge extends Error {}

/**
 * Writes one JSON line as UTF-8 after a reserved header. Page text goes from the engine's UTF-8 buffer to its escaped
 * form in one pass, without ever being a JavaScript string: half the cost of decode, stringify and encode.
 */
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

  /** A JSON string from valid UTF-8. */
  string(utf8: Uint8Array): void {
    this.json('"');
    for (let start = 0; start < utf8.length; start += BLOCK_BYTES) {
      const block = utf8.subarray(start, start + BLOCK_BYTES);
      this.#reserve(block.length * WORST_ESCAPE);
      this.#length = escapeInto(block, this.#buffer, this.#length);
    }
    this.json('"');
  }

  #reserve(bytes: number): void {
    if (this.length > this.#maxBytes) throw new LineTooLarge();
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}

function escapeInto(source: Uint8Array, target: Uint8Array, offset: number): number {
  let at = offset;
  for (let index = 0; index < source.length; index += 1) {
    const byte = source[index] as number;
    const escape = ESCAPES[byte] as number;
    if (escape === 0) {
      target[at++] = byte;
      continue;
    }
    target[at++] = BACKSLASH;
    target[at++] = escape;
    if (escape !== LETTER_U) continue;
    target[at++] = ZERO;
    target[at++] = ZERO;
    target[at++] = HEX[byte >> 4] as number;
    target[at++] = HEX[byte & 15] as number;
  }
  return at;
}
