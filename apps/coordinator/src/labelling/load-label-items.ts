import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { spanOf } from "../db/queries/span-of.ts";
import type { UnlabelledItem } from "./label-item.ts";

/** The items of a label shard that still wait in it, in order. */
export async function loadLabelItems(
  database: Database,
  shard: { id: string; batchId: string; ordinals: readonly number[] },
  { extractHash, classifyHash }: { extractHash: Buffer; classifyHash: Buffer },
): Promise<UnlabelledItem[]> {
  try {
    const { rows } = await database.pool.query({
      name: "load-label-items",
      text: `select i.ordinal, encode(i.content_hash, 'hex') as hash, d.page_count, d.metadata,
                    coalesce(c.found, false) as known
         from items i
         join documents d on d.content_hash = i.content_hash and d.extract_hash = $4
         left join lateral (
           select true as found from classifications
            where content_hash = i.content_hash and extract_hash = $4 and classify_hash = $5 limit 1) c on true
        where i.batch_id = $1 and i.ordinal between $6 and $7 and i.ordinal = any($2::int[])
          and i.shard_id = $3 and i.extract_state <> 'pending' and i.classify_state = 'pending'
        order by i.ordinal`,
      values: [shard.batchId, shard.ordinals, shard.id, extractHash, classifyHash, ...spanOf(shard.ordinals)],
    });
    return rows.map((row) => ({
      ordinal: row.ordinal,
      contentHash: row.hash,
      pageCount: row.page_count,
      metadata: row.metadata,
      known: row.known,
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
