import type { BlobStore } from "../blobs/blob-store.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Rows or names looked at by one statement. */
const AT_A_TIME = 1_000;
/** What nobody has recorded within so long of its last byte, nobody will: a write that stalls is ended in seconds. */
const LEFTOVER_MS = 3 * 3_600_000;

export interface Forgotten {
  /** Uploads that were kept long enough. */
  readonly uploads: number;
  /** Uploads in pieces that were never ended. */
  readonly unfinished: number;
  /** Objects of the blob store that no row speaks of. */
  readonly leftovers: number;
}

/**
 * Deletes uploads that no batch refers to and nobody has asked for within so many days, uploads in pieces that have expired,
 * and what dead uploads have left in the blob store. Any number of coordinators may do it at a time.
 */
export async function forgetUploads(
  parts: { database: Database; blobs: BlobStore },
  { keepDays, now = Date.now(), stop }: { keepDays: number; now?: number; stop?: AbortSignal },
): Promise<Forgotten> {
  try {
    await forgetReferences(parts.database);
    return {
      uploads: await forgetUnused(parts, keepDays),
      unfinished: await forgetUnfinished(parts.database),
      leftovers: await removeLeftovers(parts, { now, stop }),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function forgetReferences({ pool }: Database): Promise<void> {
  await pool.query("delete from batch_uploads r where not exists (select 1 from batches b where b.id = r.batch_id)");
}

/** The row first: from then on nobody can refer to the object, whose name is never used again. */
async function forgetUnused({ database, blobs }: { database: Database; blobs: BlobStore }, keepDays: number) {
  for (let uploads = 0; ;) {
    // `used_at` is asked for outside too: a batch that takes one in at this moment has changed it when this gets its row.
    const { rows } = await database.pool.query<{ blob_name: string }>(
      `delete from uploads u
        where u.used_at < now() - $1 * interval '1 day'
          and u.content_hash in (
            select n.content_hash from uploads n
             where n.used_at < now() - $1 * interval '1 day'
               and not exists (select 1 from batch_uploads r where r.content_hash = n.content_hash)
             limit $2)
        returning u.blob_name`,
      [keepDays, AT_A_TIME],
    );
    for (const row of rows) await blobs.remove(row.blob_name);
    uploads += rows.length;
    if (rows.length < AT_A_TIME) return uploads;
  }
}

/** Their pieces are leftovers then. */
async function forgetUnfinished({ pool }: Database): Promise<number> {
  const { rowCount } = await pool.query("delete from resumable_uploads where expires_at < now()");
  return rowCount ?? 0;
}

async function removeLeftovers(
  { database, blobs }: { database: Database; blobs: BlobStore },
  { now, stop }: { now: number; stop: AbortSignal | undefined },
): Promise<number> {
  let leftovers = 0;
  let old: string[] = [];
  const removeUnknown = async () => {
    const known = await knownNames(database, old);
    for (const name of old) {
      if (known.has(name)) continue;
      await blobs.remove(name);
      leftovers += 1;
    }
    old = [];
  };
  for await (const { name, modifiedAt } of blobs.list()) {
    // There may be millions; the next sweep begins anew.
    if (stop?.aborted === true) break;
    if (now - modifiedAt.getTime() < LEFTOVER_MS) continue;
    old.push(name);
    if (old.length === AT_A_TIME) await removeUnknown();
  }
  await removeUnknown();
  return leftovers;
}

async function knownNames({ pool }: Database, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ blob_name: string }>(
    `select blob_name from uploads where blob_name = any($1) union all
     select blob_name from resumable_pieces where blob_name = any($1)`,
    [names],
  );
  return new Set(rows.map((row) => row.blob_name));
}
