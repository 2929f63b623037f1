/** A line longer than this is no line of ours, and would be kept in memory. */
const MAX_LINE_CHARS = 64 * 2 ** 20;

/**
 * The lines of a stream of UTF-8 chunks, ends (LF, CR LF) removed. The rest after the last line end is left out: in
 * NDJSON and in event streams it is a record that was cut off.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      const line = rest + text.slice(start, end);
      rest = "";
      start = end + 1;
      yield line.endsWith("\r") ? line.slice(0, -1) : line;
    }
    rest += text.slice(start);
    if (rest.length > MAX_LINE_CHARS) throw new RangeError(`a line of more than ${MAX_LINE_CHARS} characters`);
  }
}
