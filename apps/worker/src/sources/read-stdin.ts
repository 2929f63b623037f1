import { sourceFailure, type SourceFailure } from "./source-failure.ts";
import type { SourceBytes } from "./file-source.ts";

/** Reads stdin to its end, as a source like any other: EMPTY_FILE, SOURCE_TOO_LARGE or SOURCE_UNREADABLE as values. */
export async function readStdin(maxBytes: number): Promise<SourceBytes | SourceFailure> {
  if (process.stdin.isTTY) {
    return sourceFailure("SOURCE_UNREADABLE", "It is a terminal; pipe a file in, or name one.");
  }
  const chunks: Uint8Array[] = [];
  const hasher = new Bun.CryptoHasher("sha256");
  let length = 0;
  try {
    for await (const chunk of Bun.stdin.stream()) {
      length += chunk.length;
      if (length > maxBytes) return sourceFailure("SOURCE_TOO_LARGE", `It has more than ${maxBytes} bytes.`);
      hasher.update(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    return sourceFailure(
      "SOURCE_UNREADABLE",
      `Reading failed: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (length === 0) return sourceFailure("EMPTY_FILE", "Nothing came in.");
  return { ok: true, bytes: Buffer.concat(chunks), contentHash: hasher.digest("hex"), sourceVersion: `${length}:0` };
}
