import type { Database } from "../database.ts";
import { spanOf } from "./span-of.ts";
import { translateDatabaseError } from "../database-error.ts";

export interface PendingItem {
  readonly ordinal: number;
  readonly uri: string;
  readonly sizeBytes: number;
  readonly sourceVersion: string;
  readonly knownHashes: string[];
  /** Only of uploads, from `linkUploads`. */
  readonly fetchUrl?: string;
}

/** A worker compares against so many; more documents of one size and build are read again at worst. */
const MAX_KNOWN_HASHES = 64;

/**
 * The items of a shard that are still pending in it, with the hashes of stored documents of their very size (and, when a
 * label is asked for, with their label), so that the worker need not read the same bytes twice.
 */
export async function loadShardItems(
  database: Database,
  shard: { id: string; batchId: string; ordinals: readonly number[] },
  hashes: { extractHash: Buffer; classifyHash: Buffer | null },
  deduplicate: boolean,
): Promise<PendingItem[]> {
  try {
    const { rows } = await database.pool.query({
      name: "load-shard-items",
      text: `select i.ordinal, i.uri, i.size_bytes, i.source_version, k.hashes
         from items i
         left join lateral (
           select array_agg(known.hash) as hashes
             from (select encode(d.content_hash, 'hex') as hash
                     from documents d
                     left join lateral (
                       select true as found from classifications c
                        where c.content_hash = d.content_hash and c.extract_hash = $4 and c.classify_hash = $5
                        limit 1) label on true
                    where d.size_bytes = i.size_bytes and d.extract_hash = $4 and $6
                      and ($5::bytea is null or label.found)
                    limit ${MAX_KNOWN_HASHES}) known) k on true
        where i.batch_id = $1 and i.ordinal between $7 and $8 and i.ordinal = any($2::int[])
          and i.shard_id = $3 and i.extract_state = 'pending'
        order by i.ordinal`,
      values: [
        shard.batchId,
        shard.ordinals,
        shard.id,
        hashes.extractHash,
        hashes.classifyHash,
        deduplicate,
        ...spanOf(shard.ordinals),
      ],
    });
    return rows.map((row) => ({
      ordinal: row.ordinal,
      uri: row.uri,
      sizeBytes: row.size_bytes,
      sourceVersion: row.source_version,
      knownHashes: row.hashes ?? [],
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
