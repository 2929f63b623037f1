import { translateDatabaseError } from "../../db/database-error.ts";
import { checkName } from "../check-name.ts";
import { tooLarge } from "../store-upload.ts";
import { blobsOf, type UploadParts } from "../upload-parts.ts";
import { KEEP_UNFINISHED, readResumable, type ResumableRow } from "./resumable-row.ts";
import { uploadMetadata } from "./upload-metadata.ts";

/** Begins an upload in pieces. PAYLOAD_TOO_LARGE before a byte of it is sent; BAD_REQUEST for metadata at fault. */
export async function createResumable(
  parts: UploadParts,
  { sizeBytes, metadata, uploadedBy }: { sizeBytes: number; metadata: string; uploadedBy: string },
): Promise<ResumableRow> {
  blobsOf(parts);
  if (sizeBytes > parts.maxUploadBytes) throw tooLarge(parts.maxUploadBytes);
  const name = checkName(uploadMetadata(metadata).name);
  const id = Bun.randomUUIDv7();
  try {
    await parts.database.pool.query(
      `insert into resumable_uploads (id, name, metadata, size_bytes, uploaded_by, expires_at)
       values ($1, $2, $3, $4, $5, now() + ${KEEP_UNFINISHED})`,
      [id, name, metadata, sizeBytes, uploadedBy],
    );
  } catch (error) {
    throw translateDatabaseError(error);
  }
  return await readResumable(parts.database, id, uploadedBy);
}
