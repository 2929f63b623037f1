import type { Client } from "../db/database.ts";
import type { Standing } from "./search-standing.ts";

const ITEMS_PER_STEP = 100;
// How many ordinals are looked through for what is not searchable yet: of a batch that was retried nearly all are.
const ORDINALS_PER_STEP = 20_000;

export interface ItemRow {
  ordinal: number;
  content_hash: Buffer;
  page_count: number;
  /** The language that the document says it is in. */
  claimed: string | null;
  /** Its document is searchable, up to `next_page`. */
  known: boolean;
  /** null: it is gone through. */
  next_page: number | null;
  language: string | null;
}

/** Items of a batch that are to become searchable, from where it stands; and the ordinal behind them, null at the end. */
export async function readUnindexed(
  client: Client,
  { batchId, extractHash, item }: Standing,
): Promise<{ rows: ItemRow[]; onward: number | null }> {
  const { rows } = await client.query<ItemRow>({
    name: "search-items",
    text: `select i.ordinal, i.content_hash, coalesce(d.page_count, 0) as page_count, d.metadata ->> 'language' as claimed,
                  s.content_hash is not null as known, s.next_page, s.language
             from (select o.ordinal, o.content_hash from items o
                    where o.batch_id = $1 and o.ordinal >= $2 and o.ordinal < $4 and o.content_hash is not null
                      and o.extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
                      and not exists (select 1 from search_items n
                                       where n.batch_id = $1 and n.ordinal = o.ordinal and n.ordinal >= $2 and n.ordinal < $4)
                    order by o.ordinal limit ${ITEMS_PER_STEP}) i
             left join lateral (select page_count, metadata from documents
                                 where content_hash = i.content_hash and extract_hash = $3 limit 1) d on true
             left join lateral (select content_hash, next_page, language from search_documents
                                 where content_hash = i.content_hash and extract_hash = $3 limit 1) s on true
            order by i.ordinal`,
    values: [batchId, item, extractHash, item + ORDINALS_PER_STEP],
  });
  const last = rows.at(-1);
  if (rows.length === ITEMS_PER_STEP && last !== undefined) return { rows, onward: last.ordinal + 1 };
  const { rowCount } = await client.query({
    name: "search-items-onward",
    text: "select 1 from items where batch_id = $1 and ordinal >= $2 limit 1",
    values: [batchId, item + ORDINALS_PER_STEP],
  });
  return { rows, onward: rowCount === 1 ? item + ORDINALS_PER_STEP : null };
}
