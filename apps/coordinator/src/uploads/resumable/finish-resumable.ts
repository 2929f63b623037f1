import { AppError, type Upload } from "@sluice/contracts";
import type { BlobStore } from "../../blobs/blob-store.ts";
import type { Database } from "../../db/database.ts";
import { translateDatabaseError } from "../../db/database-error.ts";
import { storeUpload } from "../store-upload.ts";
import { blobsOf, type UploadParts } from "../upload-parts.ts";
import { readResumable, type ResumableRow } from "./resumable-row.ts";
import { removeResumable } from "./remove-resumable.ts";
import { uploadMetadata } from "./upload-metadata.ts";

/**
 * Makes one upload of the pieces once all are here, and returns it; null before. May be done again and by several at a time:
 * a coordinator that was killed in the middle of it leaves pieces, from which the next one that is asked makes it.
 * CHECKSUM_MISMATCH, which ends the upload, when it is not what its metadata said.
 */
export async function finishResumable(
  parts: UploadParts,
  row: ResumableRow,
  uploadedBy: string,
): Promise<Upload | null> {
  if (row.upload !== null || row.receivedBytes < row.sizeBytes) return row.upload;
  const blobs = blobsOf(parts);
  try {
    const { checksum } = uploadMetadata(row.metadata);
    const bytes = readPieces(parts.database, blobs, row.uploadId);
    const upload = await storeUpload(parts, bytes, { name: row.name, checksum, uploadedBy });
    for (const name of await recordEnd(parts.database, row.uploadId, upload))
      await blobs.remove(name).catch(() => undefined);
    return upload;
  } catch (error) {
    if (error instanceof AppError && error.code === "CHECKSUM_MISMATCH") {
      await removeResumable(parts, row);
      throw error;
    }
    // Another coordinator was faster, and took the pieces away.
    const now = await readResumable(parts.database, row.uploadId, uploadedBy);
    if (now.upload === null) throw error;
    return now.upload;
  }
}

async function* readPieces(database: Database, blobs: BlobStore, id: string): AsyncGenerator<Uint8Array> {
  const { rows } = await database.pool.query<{ start_byte: number; size_bytes: number; blob_name: string }>(
    "select start_byte, size_bytes, blob_name from resumable_pieces where upload_id = $1 order by start_byte",
    [id],
  );
  for (const { size_bytes: end, blob_name: name } of rows) {
    const piece = await blobs.read(name, { start: 0, end });
    if (piece === null)
      throw new AppError("BLOBS_UNAVAILABLE", `A piece of the upload ${id} is not in the blob store.`);
    let read = 0;
    for await (const chunk of piece instanceof Blob ? piece.stream() : piece) {
      read += chunk.byteLength;
      yield chunk;
    }
    if (read !== end)
      throw new AppError("BLOBS_UNAVAILABLE", `A piece of the upload ${id} has ${read} of ${end} bytes.`);
  }
}

/** Returns the names of the pieces, which nobody needs any more. */
async function recordEnd({ pool }: Database, id: string, { contentHash, known }: Upload): Promise<string[]> {
  try {
    const { rows } = await pool.query<{ blob_name: string }>(
      `with ended as (
         update resumable_uploads set content_hash = $2, known = $3 where id = $1 and content_hash is null returning id)
       delete from resumable_pieces p using ended where p.upload_id = ended.id returning p.blob_name`,
      [id, Buffer.from(contentHash, "hex"), known],
    );
    return rows.map((row) => row.blob_name);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
