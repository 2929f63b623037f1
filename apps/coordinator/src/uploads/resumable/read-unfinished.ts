import type { Database } from "../../db/database.ts";
import { translateDatabaseError } from "../../db/database-error.ts";

export interface UnfinishedUploads {
  readonly uploads: number;
  /** Announced, whether they have come or not. */
  readonly bytes: number;
}

/** What is begun in pieces and neither complete nor expired, of one caller or of all. */
export async function readUnfinished(
  { sql }: Pick<Database, "sql">,
  uploadedBy: string | null = null,
): Promise<UnfinishedUploads> {
  try {
    const [row] = await sql<UnfinishedUploads[]>`
      select count(*)::int as uploads, coalesce(sum(size_bytes), 0)::bigint as bytes
        from resumable_uploads
       where content_hash is null and expires_at > now()
         and (${uploadedBy}::text is null or uploaded_by = ${uploadedBy})`;
    return row ?? { uploads: 0, bytes: 0 };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
