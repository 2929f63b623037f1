import { AppError, type Upload, formatSource, uploadVersion } from "@sluice/contracts";
import { newBlobName } from "../blobs/blob-store.ts";
import { recordUpload } from "./record-upload.ts";
import { blobsOf, type UploadParts } from "./upload-parts.ts";

export interface NewUpload {
  readonly name: string;
  /** SHA-256 that the bytes must have, in hexadecimal; null: whatever they have. */
  readonly checksum: string | null;
  readonly uploadedBy: string;
}

/**
 * Keeps bytes under their hash, in one pass, and says how items name them. Equal bytes are kept once. Nothing is kept when
 * it fails: PAYLOAD_TOO_LARGE, CHECKSUM_MISMATCH, DISK_FULL, BLOBS_UNAVAILABLE, UPLOADS_DISABLED, or what `bytes` throws.
 */
export async function storeUpload(
  parts: UploadParts,
  bytes: AsyncIterable<Uint8Array>,
  upload: NewUpload,
): Promise<Upload> {
  try {
    const kept = await store(parts, bytes, upload);
    parts.metrics.uploaded(kept.known ? "known" : "kept", kept.known ? 0 : kept.sizeBytes);
    return kept;
  } catch (error) {
    parts.metrics.uploaded("refused");
    throw error;
  }
}

async function store(
  parts: UploadParts,
  bytes: AsyncIterable<Uint8Array>,
  { name, checksum, uploadedBy }: NewUpload,
): Promise<Upload> {
  const blobs = blobsOf(parts);
  const blobName = newBlobName();
  const passing = new PassingBytes(bytes, { maxBytes: parts.maxUploadBytes, checksum });
  await blobs.write(blobName, passing);
  const { contentHash, sizeBytes } = passing;
  try {
    const { spare, known } = await recordUpload(parts, { contentHash, sizeBytes, blobName, uploadedBy });
    // What cannot be removed now is found by the sweep.
    if (spare) await blobs.remove(blobName).catch(() => undefined);
    const uri = formatSource({ scheme: "upload", contentHash, name });
    return { uri, contentHash, sizeBytes, sourceVersion: uploadVersion(contentHash), known };
  } catch (error) {
    // It may have been recorded when only the answer was lost; the sweep knows.
    const lost = error instanceof AppError && error.code === "DATABASE_UNAVAILABLE";
    if (!lost) await blobs.remove(blobName).catch(() => undefined);
    throw error;
  }
}

/** Bytes that are counted and hashed on their way; the last of them do not pass unless they are what they should be. */
class PassingBytes implements AsyncIterable<Uint8Array> {
  readonly #bytes: AsyncIterable<Uint8Array>;
  readonly #maxBytes: number;
  readonly #checksum: string | null;
  sizeBytes = 0;
  contentHash = "";

  constructor(bytes: AsyncIterable<Uint8Array>, { maxBytes, checksum }: { maxBytes: number; checksum: string | null }) {
    this.#bytes = bytes;
    this.#maxBytes = maxBytes;
    this.#checksum = checksum;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const hasher = new Bun.CryptoHasher("sha256");
    for await (const chunk of this.#bytes) {
      this.sizeBytes += chunk.byteLength;
      if (this.sizeBytes > this.#maxBytes) throw tooLarge(this.#maxBytes);
      hasher.update(chunk);
      yield chunk;
    }
    this.contentHash = hasher.digest("hex");
    if (this.#checksum !== null && this.#checksum !== this.contentHash) {
      throw new AppError("CHECKSUM_MISMATCH", `The body has the SHA-256 ${this.contentHash}, not ${this.#checksum}.`);
    }
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", `An upload has at most ${maxBytes} bytes (SLUICE_MAX_UPLOAD_BYTES).`, {
    context: { maxBytes },
  });
}
