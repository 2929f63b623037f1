const QUOTE = 0x22;
const LINE_END = 0x0a;

/** What has arrived of a file of records, cut behind a whole one. */
export interface WholeRecords {
  readonly bytes: Uint8Array;
  /** The last record in it. */
  readonly last: Uint8Array;
}

/**
 * Bytes in pieces that end with a record each: a line, or in CSV a record whose line ends in quotes belong to it. What comes
 * behind the last whole record is left out.
 */
export async function* completeRecords(
  chunks: AsyncIterable<Uint8Array>,
  format: "ndjson" | "csv",
): AsyncGenerator<WholeRecords, void, undefined> {
  // Kept in pieces: a record may be as long as many chunks.
  let rest: Uint8Array[] = [];
  let quoted = false;
  for await (const chunk of chunks) {
    let end = 0;
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE && format === "csv") quoted = !quoted;
      else if (byte === LINE_END && !quoted) {
        start = end;
        end = at + 1;
      }
    }
    if (end === 0) {
      rest.push(chunk);
      continue;
    }
    const whole = chunk.subarray(0, end);
    const bytes = rest.length === 0 ? whole : Buffer.concat([...rest, whole]);
    // When only one record ends in this chunk, it is all there is.
    yield { bytes, last: start === 0 ? bytes : whole.subarray(start) };
    rest = end === chunk.length ? [] : [chunk.slice(end)];
  }
}

/** The cells of one record in CSV, by RFC 4180. */
export function csvCells(record: Uint8Array): string[] {
  const text = new TextDecoder().decode(record).replace(/\r?\n$/, "");
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
