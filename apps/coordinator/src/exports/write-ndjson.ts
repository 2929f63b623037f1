const CHUNK_BYTES = 256 << 10;
const NEWLINE = 10;

/**
 * Rows as JSON, a line each. They are encoded one by one into memory that is used again: as the texts of a step, their lines and all
 * of these joined, each row would be there four times until the collector of garbage comes.
 */
export async function* writeNdjson(steps: AsyncIterable<readonly object[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const memory = new Uint8Array(CHUNK_BYTES);
  for await (const rows of steps) {
    let end = 0;
    for (const row of rows) {
      const line = JSON.stringify(row);
      // A unit of UTF-16 is three bytes of UTF-8 at most.
      const most = 3 * line.length + 1;
      if (end + most > CHUNK_BYTES && end > 0) {
        yield memory.slice(0, end);
        end = 0;
      }
      if (most > CHUNK_BYTES) {
        yield encoder.encode(`${line}\n`);
        continue;
      }
      end += encoder.encodeInto(line, memory.subarray(end)).written;
      memory[end] = NEWLINE;
      end += 1;
    }
    if (end > 0) yield memory.slice(0, end);
  }
}
