import type { Client } from "../db/database.ts";
import type { ItemRow } from "./read-unindexed.ts";

/** How far a batch has been gone through: up to a page of an item. */
export interface Standing {
  readonly batchId: string;
  readonly extractHash: Buffer;
  readonly item: number;
  readonly page: number;
}

/** Where a batch stands, held until the end of the transaction; null when another coordinator has it, or it has no text. */
export async function takeStanding(client: Client, batchId: string): Promise<Standing | null> {
  await client.query(
    `insert into search_batches (batch_id, finished_at)
     select id, finished_at from batches where id = $1 and finished_at is not null on conflict do nothing`,
    [batchId],
  );
  const { rows } = await client.query<{
    extract_hash: Buffer;
    has_text: boolean;
    ended_again: boolean;
    next_item: number;
    next_page: number;
  }>(
    `select b.extract_hash, b.options ->> 'store' is distinct from 'meta' as has_text,
            s.finished_at <> b.finished_at as ended_again, s.next_item, s.next_page
       from search_batches s join batches b on b.id = s.batch_id
      where s.batch_id = $1 and b.finished_at is not null and b.deleting_at is null
        and (s.done_at is null or s.finished_at <> b.finished_at)
        for update of s skip locked`,
    [batchId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (row.ended_again || !row.has_text) {
    await client.query(
      `update search_batches s set finished_at = b.finished_at, next_item = 0, next_page = 1,
              done_at = case when $2 then null else now() end
         from batches b where s.batch_id = $1 and b.id = s.batch_id`,
      [batchId, row.has_text],
    );
  }
  if (!row.has_text) return null;
  const at = row.ended_again ? { item: 0, page: 1 } : { item: row.next_item, page: row.next_page };
  return { batchId, extractHash: row.extract_hash, ...at };
}

/** At the end its items are counted, whoever has counted before. */
export async function saveStanding(
  client: Client,
  { batchId, item, page, done }: { batchId: string; item: number; page: number; done: boolean },
): Promise<void> {
  await client.query(
    `update search_batches set next_item = $2, next_page = $3, tries = 0, message = null, due_at = null,
            done_at = case when $4 then now() end,
            items = case when $4 then (select count(*) from search_items where batch_id = $1) else items end
      where batch_id = $1`,
    [batchId, item, page, done],
  );
}

/** Notes in which batch documents are; those with pages that were set aside are counted. */
export async function addItems(
  client: Client,
  { batchId, extractHash }: Standing,
  items: readonly ItemRow[],
): Promise<void> {
  await client.query({
    name: "search-add-items",
    text: `with added as (
             insert into search_items (batch_id, ordinal, content_hash)
             select $1, i.ordinal, i.content_hash from unnest($2::int[], $3::bytea[]) as i (ordinal, content_hash)
             on conflict do nothing returning content_hash)
           update search_batches s
              set items = s.items + a.items, refused = s.refused + a.refused
             from (select count(*) as items, count(*) filter (where exists (
                            select 1 from search_refusals r
                             where r.content_hash = added.content_hash and r.extract_hash = $4)) as refused
                     from added) a
            where s.batch_id = $1`,
    values: [batchId, items.map(({ ordinal }) => ordinal), items.map((item) => item.content_hash), extractHash],
  });
}
