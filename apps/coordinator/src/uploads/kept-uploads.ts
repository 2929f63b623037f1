import { AppError, type KeptUpload, type UploadList } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { UploadParts } from "./upload-parts.ts";
import { holdsUpload } from "./holds-upload.ts";

const columns = (seen: string) => `encode(u.content_hash, 'hex') as "contentHash", u.size_bytes as "sizeBytes",
  u.uploaded_at as "uploadedAt", u.used_at as "usedAt",
  (select count(*) from batch_uploads r join batches b on b.id = r.batch_id
    where r.content_hash = u.content_hash and ${seen}) as batches`;

type Row = Omit<KeptUpload, "uploadedAt" | "usedAt"> & { uploadedAt: Date; usedAt: Date };

/**
 * UPLOAD_NOT_FOUND when nothing of that hash is here, for somebody who sees only what is `visibleTo` (null: everything): neither what
 * only others have sent, nor which of their batches refer to it.
 */
export async function readUpload(
  database: Database,
  contentHash: string,
  visibleTo: string | null,
): Promise<KeptUpload> {
  const [row] = await select(
    database,
    `select ${columns("($2::text is null or b.created_by is null or b.created_by::text = $2)")}
       from uploads u where u.content_hash = $1 and ($2 is null or ${holdsUpload("$2")})`,
    [Buffer.from(contentHash, "hex"), visibleTo],
  );
  if (row === undefined) throw notFound(contentHash);
  return row;
}

/** By hash, which stands still while others come and go. */
export async function listUploads(
  database: Database,
  { after, limit }: { after: string; limit: number },
): Promise<UploadList> {
  const uploads = await select(
    database,
    `select ${columns("true")} from uploads u where u.content_hash > $1 order by u.content_hash limit $2`,
    [Buffer.from(after, "hex"), limit],
  );
  return { uploads, next: uploads.length < limit ? null : (uploads.at(-1)?.contentHash ?? null) };
}

/** UPLOAD_NOT_FOUND; CONFLICT while a batch refers to it. */
export async function deleteUpload(parts: Pick<UploadParts, "database" | "blobs">, contentHash: string): Promise<void> {
  const hash = Buffer.from(contentHash, "hex");
  const blobName = await parts.database.transaction(async (client) => {
    // Locked before its references are looked for: whoever takes it in meanwhile waits, and then does not find it.
    const { rows } = await client.query<{ blob_name: string }>(
      "select blob_name from uploads where content_hash = $1 for update",
      [hash],
    );
    const [row] = rows;
    if (row === undefined) throw notFound(contentHash);
    const { rows: references } = await client.query<{ batch_id: string }>(
      `select r.batch_id from batch_uploads r join batches b on b.id = r.batch_id where r.content_hash = $1 limit 1`,
      [hash],
    );
    const [reference] = references;
    if (reference !== undefined) {
      throw new AppError("CONFLICT", `The batch ${reference.batch_id} refers to this upload.`, {
        context: { batchId: reference.batch_id },
      });
    }
    await client.query("delete from uploads where content_hash = $1", [hash]);
    return row.blob_name;
  });
  await parts.blobs?.remove(blobName);
}

async function select(database: Database, text: string, values: unknown[]): Promise<KeptUpload[]> {
  try {
    const { rows } = await database.pool.query<Row>(text, values);
    return rows.map((row) => ({
      ...row,
      uploadedAt: row.uploadedAt.toISOString(),
      usedAt: row.usedAt.toISOString(),
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function notFound(contentHash: string): AppError {
  return new AppError("UPLOAD_NOT_FOUND", `Nothing with the SHA-256 ${contentHash} is here.`);
}
