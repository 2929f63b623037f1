import { translateDatabaseError } from "../../db/database-error.ts";
import type { UploadParts } from "../upload-parts.ts";

/** Ends an upload in pieces with all it has; what it has become, if it was complete, stays. */
export async function removeResumable(
  { database, blobs }: Pick<UploadParts, "database" | "blobs">,
  { uploadId }: { uploadId: string },
): Promise<void> {
  try {
    const { rows } = await database.pool.query<{ blob_name: string }>(
      "delete from resumable_pieces where upload_id = $1 returning blob_name",
      [uploadId],
    );
    await database.pool.query("delete from resumable_uploads where id = $1", [uploadId]);
    // What cannot be removed now is found by the sweep.
    for (const row of rows) await blobs?.remove(row.blob_name).catch(() => undefined);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
