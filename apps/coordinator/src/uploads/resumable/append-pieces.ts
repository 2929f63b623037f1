import { AppError } from "@sluice/contracts";
import { newBlobName } from "../../blobs/blob-store.ts";
import { blobsOf, type UploadParts } from "../upload-parts.ts";
import { KEEP_UNFINISHED, type ResumableRow } from "./resumable-row.ts";

/** What is lost at most when a coordinator is killed, and what is brought to the disk at a time. */
const PIECE_BYTES = 16 << 20;

export interface ExpectedChecksum {
  readonly algorithm: "sha1" | "sha256";
  readonly base64: string;
}

interface Piece {
  readonly blobName: string;
  readonly sizeBytes: number;
}

/**
 * Appends a body to an upload, in pieces each of which counts as soon as it is stored; what came before a broken connection
 * is kept. With a checksum it is all or nothing. CONFLICT when the upload stands elsewhere than at `offset`, or somebody
 * else goes on with it; PAYLOAD_TOO_LARGE for more than was announced; CHECKSUM_MISMATCH. Returns where it stands.
 */
export async function appendPieces(
  parts: UploadParts,
  upload: ResumableRow,
  body: AsyncIterable<Uint8Array>,
  { offset, checksum }: { offset: number; checksum: ExpectedChecksum | null },
): Promise<number> {
  if (offset !== upload.receivedBytes) throw movedOn(upload.uploadId, upload.receivedBytes);
  const blobs = blobsOf(parts);
  const source = new PieceSource(body, { left: upload.sizeBytes - offset, checksum });
  const uncounted: Piece[] = [];
  let received = offset;
  const count = async () => {
    await countPieces(parts, upload.uploadId, received, uncounted);
    received += uncounted.splice(0).reduce((sum, piece) => sum + piece.sizeBytes, 0);
  };
  try {
    while (await source.hasMore()) {
      const blobName = newBlobName();
      const before = source.passed;
      await blobs.write(blobName, source.piece());
      uncounted.push({ blobName, sizeBytes: source.passed - before });
      if (checksum === null) await count();
    }
    // Bytes that cannot be vouched for do not count.
    if (checksum !== null) {
      source.check();
      await count();
    }
    source.throwFault();
    return received;
  } catch (error) {
    // They may count when only the answer was lost; the sweep knows.
    const lost = error instanceof AppError && error.code === "DATABASE_UNAVAILABLE";
    if (!lost) for (const { blobName } of uncounted) await blobs.remove(blobName).catch(() => undefined);
    throw error;
  }
}

/** A body cut into pieces. A connection that breaks ends the piece that was on its way; the fault is told afterwards. */
class PieceSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #hasher: Bun.CryptoHasher | null;
  readonly #checksum: ExpectedChecksum | null;
  #left: number;
  #next: Uint8Array | null = null;
  #fault: unknown = null;
  passed = 0;

  constructor(
    body: AsyncIterable<Uint8Array>,
    { left, checksum }: { left: number; checksum: ExpectedChecksum | null },
  ) {
    this.#chunks = body[Symbol.asyncIterator]();
    this.#left = left;
    this.#checksum = checksum;
    this.#hasher = checksum === null ? null : new Bun.CryptoHasher(checksum.algorithm);
  }

  async hasMore(): Promise<boolean> {
    while (this.#next === null && this.#fault === null) {
      try {
        const { done, value } = await this.#chunks.next();
        if (done === true) return false;
        if (value.byteLength > this.#left) {
          await this.#chunks.return?.();
          throw new AppError("PAYLOAD_TOO_LARGE", "The body goes past the length that the upload was announced with.");
        }
        if (value.byteLength > 0) this.#next = value;
      } catch (error) {
        this.#fault = error;
      }
    }
    return this.#next !== null;
  }

  async *piece(): AsyncGenerator<Uint8Array, void, undefined> {
    const end = this.passed + PIECE_BYTES;
    while (this.passed < end && (await this.hasMore())) {
      const chunk = this.#next;
      if (chunk === null) return;
      this.#next = null;
      this.#left -= chunk.byteLength;
      this.passed += chunk.byteLength;
      this.#hasher?.update(chunk);
      yield chunk;
    }
  }

  check(): void {
    this.throwFault();
    const base64 = this.#hasher?.digest("base64");
    if (base64 === this.#checksum?.base64) return;
    throw new AppError("CHECKSUM_MISMATCH", `The body has the ${this.#checksum?.algorithm} ${base64}.`);
  }

  throwFault(): void {
    if (this.#fault !== null) throw this.#fault;
  }
}

/** One transaction, which only one of two that go on with the same upload can win. */
async function countPieces(
  { database }: Pick<UploadParts, "database">,
  id: string,
  offset: number,
  pieces: readonly Piece[],
): Promise<void> {
  if (pieces.length === 0) return;
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      `update resumable_uploads set received_bytes = received_bytes + $3, expires_at = now() + ${KEEP_UNFINISHED}
        where id = $1 and received_bytes = $2`,
      [id, offset, pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0)],
    );
    if (rowCount === 0) {
      throw new AppError("CONFLICT", "Somebody else went on with this upload, or ended it.", {
        context: { uploadId: id },
      });
    }
    let start = offset;
    for (const { blobName, sizeBytes } of pieces) {
      await client.query(
        "insert into resumable_pieces (upload_id, start_byte, size_bytes, blob_name) values ($1, $2, $3, $4)",
        [id, start, sizeBytes, blobName],
      );
      start += sizeBytes;
    }
  });
}

function movedOn(id: string, offset: number): AppError {
  return new AppError("CONFLICT", `The upload stands at ${offset}; go on from there.`, {
    context: { uploadId: id, offset },
  });
}
