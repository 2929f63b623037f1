import type { Client } from "../db/database.ts";
import { blobsOf, type UploadParts } from "./upload-parts.ts";

/** Bytes that lie in the blob store, about to be found by their hash. */
interface StoredBytes {
  readonly contentHash: string;
  readonly sizeBytes: number;
  readonly blobName: string;
  readonly uploadedBy: string;
}

/** Returns whether the same bytes are here already, under another name: then those stay, and these are not needed. */
export async function recordUpload(
  parts: Pick<UploadParts, "database" | "blobs" | "logger">,
  stored: StoredBytes,
): Promise<boolean> {
  const kept = await parts.database.transaction(async (client) => await upsert(client, stored));
  if (kept === stored.blobName) return false;
  // A file that somebody has deleted by hand would be missed for ever otherwise.
  if ((await blobsOf(parts).sizeOf(kept)) === stored.sizeBytes) return true;
  parts.logger.warn({ contentHash: stored.contentHash, blobName: kept }, "an upload was gone from the blob store");
  await parts.database.transaction(async (client) => await replace(client, stored, kept));
  return false;
}

async function upsert(client: Client, { contentHash, sizeBytes, blobName, uploadedBy }: StoredBytes): Promise<string> {
  const { rows } = await client.query<{ blob_name: string }>(
    `insert into uploads (content_hash, size_bytes, blob_name, uploaded_by) values ($1, $2, $3, $4)
     on conflict (content_hash) do update set used_at = now()
     returning blob_name`,
    [Buffer.from(contentHash, "hex"), sizeBytes, blobName, uploadedBy],
  );
  return rows[0]?.blob_name ?? blobName;
}

async function replace(client: Client, { contentHash, blobName }: StoredBytes, gone: string): Promise<void> {
  await client.query("update uploads set blob_name = $2 where content_hash = $1 and blob_name = $3", [
    Buffer.from(contentHash, "hex"),
    blobName,
    gone,
  ]);
}
