/** A line longer than this is no result of ours: the text of one document is bounded far below it. */
const MAX_LINE_BYTES = 1 << 30;
// The line of a huge document leaves five times its size behind, most of it outside of the heap, where it does not make the
// collector come: a few in a row and the process has hundreds of megabytes. To collect takes less time than such a line.
const LARGE_LINE_BYTES = 2 << 20;

export class LineTooLong extends Error {}

const NEWLINE = 10;

/**
 * The lines of a byte stream, without their newline; an unfinished last one is not a line. Cancels when left early.
 * `onBytes` hears of every piece that arrives: a long line is on its way for a while.
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  { onBytes, maxLineBytes = MAX_LINE_BYTES }: { onBytes?: () => void; maxLineBytes?: number } = {},
): AsyncGenerator<string> {
  const reader = stream.getReader();
  let pieces: Uint8Array[] = [];
  let pieceBytes = 0;
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      onBytes?.();
      let start = 0;
      for (;;) {
        const end = value.indexOf(NEWLINE, start);
        if (end === -1) break;
        const last = value.subarray(start, end);
        const bytes = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
        // Before the line is worked on: a large one is there often enough as it is.
        pieces = [];
        pieceBytes = 0;
        start = end + 1;
        const large = bytes.byteLength > LARGE_LINE_BYTES;
        yield decode(bytes);
        if (large) Bun.gc(true);
      }
      if (start < value.byteLength) {
        pieces.push(value.subarray(start));
        pieceBytes += value.byteLength - start;
        if (pieceBytes > maxLineBytes) throw new LineTooLong(`A line is longer than ${maxLineBytes} bytes.`);
      }
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
