import { AppError, type ResumableUpload, formatSource, uploadVersion } from "@sluice/contracts";
import type { Database } from "../../db/database.ts";
import { translateDatabaseError } from "../../db/database-error.ts";

/** Unfinished uploads are kept for so long after their last piece. */
export const KEEP_UNFINISHED = "interval '1 day'";

export interface ResumableRow extends ResumableUpload {
  /** `Upload-Metadata` as it came. */
  readonly metadata: string;
}

/** An upload in pieces of this caller; others' are not there for him. UPLOAD_NOT_FOUND when it never was, or has expired. */
export async function readResumable({ pool }: Database, id: string, uploadedBy: string): Promise<ResumableRow> {
  let rows: StoredRow[];
  try {
    ({ rows } = await pool.query<StoredRow>(
      `select id, name, metadata, size_bytes, received_bytes, expires_at, encode(content_hash, 'hex') as content_hash, known
         from resumable_uploads where id = $1 and uploaded_by = $2 and expires_at > now()`,
      [id, uploadedBy],
    ));
  } catch (error) {
    throw translateDatabaseError(error);
  }
  const [row] = rows;
  if (row === undefined) throw noSuchUpload(id);
  return fromStored(row);
}

interface StoredRow {
  id: string;
  name: string;
  metadata: string;
  size_bytes: number;
  received_bytes: number;
  expires_at: Date;
  content_hash: string | null;
  known: boolean | null;
}

function fromStored(row: StoredRow): ResumableRow {
  const { content_hash: contentHash, size_bytes: sizeBytes } = row;
  return {
    uploadId: row.id,
    name: row.name,
    metadata: row.metadata,
    sizeBytes,
    receivedBytes: row.received_bytes,
    expiresAt: row.expires_at.toISOString(),
    upload:
      contentHash === null
        ? null
        : {
            uri: formatSource({ scheme: "upload", contentHash, name: row.name }),
            contentHash,
            sizeBytes,
            sourceVersion: uploadVersion(contentHash),
            known: row.known ?? false,
          },
  };
}

export function noSuchUpload(id: string): AppError {
  return new AppError("UPLOAD_NOT_FOUND", `There is no upload ${id} to go on with; it may have expired.`);
}
