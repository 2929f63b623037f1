import { SourceFault } from "@sluice/sources/source-fault";
import type { SourceBytes } from "./file-source.ts";
import { sourceFailure, type SourceFailure } from "./source-failure.ts";

/** All of a stream, hashed as it comes. `size`: what was announced, null when nothing was; more than `maxBytes` is not kept. */
export async function collectBytes(
  bytes: AsyncIterable<Uint8Array>,
  { size, maxBytes, sourceVersion }: { size: number | null; maxBytes: number; sourceVersion: string },
): Promise<SourceBytes | SourceFailure> {
  const hasher = new Bun.CryptoHasher("sha256");
  const buffer = size === null ? null : Buffer.allocUnsafe(size);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    if (length + chunk.length > (size ?? maxBytes)) {
      if (size === null)
        return sourceFailure("SOURCE_TOO_LARGE", `It has more than the ${maxBytes} bytes this batch accepts.`);
      throw new SourceFault("SOURCE_CHANGED", `It has more than the ${size} bytes that were announced.`);
    }
    hasher.update(chunk);
    if (buffer === null) chunks.push(chunk);
    else buffer.set(chunk, length);
    length += chunk.length;
  }
  if (size !== null && length !== size) {
    throw new SourceFault("SOURCE_CHANGED", `It has ${length} bytes, and ${size} were announced.`);
  }
  if (length === 0) return sourceFailure("EMPTY_FILE", "There are no bytes there.");
  return { ok: true, bytes: buffer ?? Buffer.concat(chunks), contentHash: hasher.digest("hex"), sourceVersion };
}
