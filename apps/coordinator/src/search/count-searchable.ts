import type { SearchResponse } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** How many items with a document are searchable yet, of one batch or of all that `visibleTo` may see. */
export async function countSearchable(
  { sql }: Database,
  batchId: string | null,
  visibleTo: string | null = null,
): Promise<SearchResponse["searchable"]> {
  try {
    const rows = await sql<{ items: number; of: number; without_text: number; refused: number; stalled: number }[]>`
      select coalesce(sum(s.items), 0)::bigint as items,
             coalesce(sum(s.refused), 0)::bigint as refused,
             count(*) filter (where s.tries > 0)::bigint as stalled,
             coalesce(sum(c.items) filter (where has_text), 0)::bigint as of,
             coalesce(sum(c.items) filter (where not has_text), 0)::bigint as without_text
        from (select id, options ->> 'store' is distinct from 'meta' as has_text from batches
               where (${batchId}::uuid is null or id = ${batchId}) and deleting_at is null
                 and (${visibleTo}::uuid is null or created_by is null or created_by = ${visibleTo})) b
        left join search_batches s on s.batch_id = b.id
       cross join lateral (
         select sum(items) as items from batch_counters
          where batch_id = b.id and stage = 'extract' and state in ('succeeded', 'partial', 'duplicate', 'unchanged')) c`;
    const [row] = rows;
    return {
      items: row?.items ?? 0,
      of: row?.of ?? 0,
      withoutText: row?.without_text ?? 0,
      refused: row?.refused ?? 0,
      stalled: row?.stalled ?? 0,
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
