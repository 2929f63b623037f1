import { readSync } from "node:fs";

const READ_BYTES = 64 << 10;
const NEWLINE = 0x0a;

/**
 * The lines of a descriptor, read by blocking: a child has nothing else to do, and waiting in `read` costs no event
 * loop. Ends with the input, which is how a child learns that its parent is gone.
 */
export function* requestLines(descriptor: number): Generator<string, void> {
  const chunk = Buffer.allocUnsafe(READ_BYTES);
  let pieces: Buffer[] = [];
  for (;;) {
    const count = readSync(descriptor, chunk, 0, READ_BYTES, null);
    if (count === 0) return;
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0 && end < count; end = chunk.indexOf(NEWLINE, start)) {
      pieces.push(Buffer.from(chunk.subarray(start, end)));
      yield Buffer.concat(pieces).toString();
      pieces = [];
      start = end + 1;
    }
    if (start < count) pieces.push(Buffer.from(chunk.subarray(start, count)));
  }
}
