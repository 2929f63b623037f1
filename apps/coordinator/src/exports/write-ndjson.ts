/** Rows as JSON, a line each. */
export async function* writeNdjson(steps: AsyncIterable<readonly object[]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const rows of steps) yield encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
