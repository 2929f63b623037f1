import type { Client } from "../db/database.ts";
import { holdsUpload } from "./holds-upload.ts";
import { blobsOf, type UploadParts } from "./upload-parts.ts";

/** Bytes that lie in the blob store, about to be found by their hash. */
interface StoredBytes {
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly blobName: string;
  readonly uploadedBy: string;
}

export interface RecordedUpload {
  /** The same bytes are here already, under another name: those stay, and these are not needed. */
  readonly spare: boolean;
  /** Whoever sends them could have known: they are his already, or nobody's. Of what others have sent nobody is told. */
  readonly known: boolean;
}

/** Bytes belong to everybody who has sent them. */
export async function recordUpload(
  parts: Pick<UploadParts, "database" | "blobs" | "logger">,
  stored: StoredBytes,
): Promise<RecordedUpload> {
  const { kept, known } = await parts.database.transaction(async (client) => await upsert(client, stored));
  if (kept === stored.blobName) return { spare: false, known };
  // A file that somebody has deleted by hand would be missed for ever otherwise.
  if ((await blobsOf(parts).sizeOf(kept)) === stored.sizeBytes) return { spare: true, known };
  parts.logger.warn({ contentHash: stored.contentHash, blobName: kept }, "an upload was gone from the blob store");
  await parts.database.transaction(async (client) => await replace(client, stored, kept));
  return { spare: false, known: false };
}

async function upsert(
  client: Client,
  { contentHash, sizeBytes, blobName, uploadedBy }: StoredBytes,
): Promise<{ kept: string; known: boolean }> {
  const hash = Buffer.from(contentHash, "hex");
  const { rows } = await client.query<{ blob_name: string }>(
    `insert into uploads (content_hash, size_bytes, blob_name, uploaded_by) values ($1, $2, $3, $4)
     on conflict (content_hash) do update set used_at = now()
     returning blob_name`,
    [hash, sizeBytes, blobName, uploadedBy],
  );
  const kept = rows[0]?.blob_name ?? blobName;
  if (kept === blobName) return { kept, known: false };
  const { rowCount } = await client.query(
    `insert into upload_holders (content_hash, uploaded_by)
     select $1, $2 from uploads u where u.content_hash = $1 and not ${holdsUpload("$2")}
     on conflict do nothing`,
    [hash, uploadedBy],
  );
  return { kept, known: rowCount === 0 };
}

async function replace(client: Client, { contentHash, blobName }: StoredBytes, gone: string): Promise<void> {
  await client.query("update uploads set blob_name = $2 where content_hash = $1 and blob_name = $3", [
    Buffer.from(contentHash, "hex"),
    blobName,
    gone,
  ]);
}
