import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

export interface ListingBacklog {
  /** Sources of open batches whose listing has not ended. */
  readonly pending: number;
  /** Those of them that wait because where they lie did not answer. */
  readonly failing: number;
  /** How long ago the oldest batch with such a source was opened; 0 without one. */
  readonly oldestSeconds: number;
}

/** What is still to be listed, of the whole installation. */
export async function readListingBacklog({ sql }: Database): Promise<ListingBacklog> {
  try {
    const [row] = await sql<{ pending: number; failing: number; oldest_seconds: number }[]>`
      select count(*) as pending, count(*) filter (where l.code not in ('BUSY', 'QUOTA_ITEMS')) as failing,
             coalesce(extract(epoch from now() - min(b.created_at)), 0)::double precision as oldest_seconds
        from batches b join listings l on l.batch_id = b.id and l.state = 'pending'
       where b.lists_sources and b.state = 'open'`;
    return { pending: row?.pending ?? 0, failing: row?.failing ?? 0, oldestSeconds: row?.oldest_seconds ?? 0 };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
