/**
 * Rows in PostgreSQL's binary COPY format (PostgreSQL documentation, "COPY", section "Binary Format"): per row a field
 * count (int16), per field its length in bytes (int32, -1 for null) and its value as the type's send function writes it.
 * Rows are encoded once, when they arrive; header and trailer belong to a stream of them, see `copyHeader`.
 */
import { isUtf8 } from "node:buffer";

const HEADER = Buffer.from([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00, 0, 0, 0, 0, 0, 0, 0, 0]);
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
// PostgreSQL counts time from 2000-01-01, in microseconds.
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const REPLACEMENT = "\ufffd";

export function copyHeader(): Buffer {
  return HEADER;
}

export function copyTrailer(): Buffer {
  return TRAILER;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Collects rows in one growing buffer. Not reusable after `finish`. */
export class CopyEncoder {
  #buffer: Buffer;
  #length = 0;

  constructor(sizeHint = 1_024) {
    this.#buffer = Buffer.allocUnsafe(sizeHint);
  }

  startRow(fields: number): this {
    this.#reserve(2);
    this.#length = this.#buffer.writeInt16BE(fields, this.#length);
    return this;
  }

  null(): this {
    this.#reserve(4);
    this.#length = this.#buffer.writeInt32BE(-1, this.#length);
    return this;
  }

  bytea(value: Uint8Array): this {
    this.#reserve(4 + value.byteLength);
    this.#length = this.#buffer.writeInt32BE(value.byteLength, this.#length);
    this.#buffer.set(value, this.#length);
    this.#length += value.byteLength;
    return this;
  }

  /** NUL, which PostgreSQL does not store, becomes U+FFFD, as lone surrogates do. */
  text(value: string): this {
    return this.#string(value.includes("\0") ? value.replaceAll("\0", REPLACEMENT) : value);
  }

  /** Text that is UTF-8 already. NUL and what is no UTF-8 become U+FFFD. */
  utf8(value: Uint8Array): this {
    if (value.includes(0) || !isUtf8(value)) return this.text(decoder.decode(value));
    return this.bytea(value);
  }

  nullableText(value: string | null | undefined): this {
    return value === null || value === undefined ? this.null() : this.text(value);
  }

  jsonb(value: unknown): this {
    const json = JSON.stringify(value, storableStrings);
    this.#reserve(5 + Buffer.byteLength(json));
    const start = this.#length;
    this.#buffer[start + 4] = JSONB_VERSION;
    const { written } = encoder.encodeInto(json, this.#buffer.subarray(start + 5));
    this.#buffer.writeInt32BE(written + 1, start);
    this.#length = start + 5 + written;
    return this;
  }

  int2(value: number): this {
    this.#fixed(2);
    this.#length = this.#buffer.writeInt16BE(value, this.#length);
    return this;
  }

  int4(value: number): this {
    this.#fixed(4);
    this.#length = this.#buffer.writeInt32BE(value, this.#length);
    return this;
  }

  int8(value: number | bigint): this {
    this.#fixed(8);
    this.#length = this.#buffer.writeBigInt64BE(BigInt(value), this.#length);
    return this;
  }

  float8(value: number): this {
    this.#fixed(8);
    this.#length = this.#buffer.writeDoubleBE(value, this.#length);
    return this;
  }

  bool(value: boolean): this {
    this.#fixed(1);
    this.#length = this.#buffer.writeUInt8(value ? 1 : 0, this.#length);
    return this;
  }

  timestamptz(value: Date): this {
    return this.int8(BigInt(value.getTime() - POSTGRES_EPOCH_MS) * 1_000n);
  }

  uuid(value: string): this {
    return this.bytea(Buffer.from(value.replaceAll("-", ""), "hex"));
  }

  get byteLength(): number {
    return this.#length;
  }

  finish(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #string(value: string): this {
    // Counting first is cheaper than growing, and copying, a buffer of pages on suspicion.
    this.#reserve(4 + Buffer.byteLength(value));
    const start = this.#length;
    const { written } = encoder.encodeInto(value, this.#buffer.subarray(start + 4));
    this.#buffer.writeInt32BE(written, start);
    this.#length = start + 4 + written;
    return this;
  }

  #fixed(bytes: number): void {
    this.#reserve(4 + bytes);
    this.#length = this.#buffer.writeInt32BE(bytes, this.#length);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.byteLength) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.byteLength));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}

/** jsonb takes neither NUL nor lone surrogates, in whatever spelling. */
function storableStrings(_key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.includes("\0") ? value.replaceAll("\0", REPLACEMENT) : value;
  return text.toWellFormed();
}
