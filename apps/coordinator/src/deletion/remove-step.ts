import type { Client, Database } from "../db/database.ts";

// A step holds what it deletes for some 50 ms: whoever stores the very same bytes waits no longer.
const ITEMS_AT_A_TIME = 1_000;
const PAGES_AT_A_TIME = 20_000;
// Of rows that nothing hangs on.
const OTHERS_AT_A_TIME = 5_000;

export interface StepOutcome {
  /** "busy": another coordinator is at it. */
  readonly outcome: "more" | "done" | "busy";
  /** Where the next step begins: it need not look past the rows that are gone. */
  readonly after: number;
}

/** Before the first item. */
export const FROM_THE_START = -1;

interface DoomedBatch {
  readonly extract_hash: Buffer;
  readonly classify_hash: Buffer | null;
}

/**
 * Takes some rows of a batch away whose deletion was asked for, in one short transaction; what an interrupted deletion has
 * left is found by the next one. Items go with what only they stand for; documents that other batches point at stay. The batch itself
 * goes when a look from the start finds no item.
 */
export async function removeStep(database: Database, batchId: string, after: number): Promise<StepOutcome> {
  return await database.transaction(async (client) => {
    const { rows } = await client.query<DoomedBatch>(
      `select extract_hash, classify_hash from batches where id = $1 and deleting_at is not null for update skip locked`,
      [batchId],
    );
    const [batch] = rows;
    if (batch === undefined) return { outcome: (await isThere(client, batchId)) ? "busy" : "done", after };
    const last = await removeItems(client, batchId, batch, after);
    if (last !== null) return { outcome: "more", after: last };
    if (after !== FROM_THE_START || (await removeOthers(client, batchId))) {
      return { outcome: "more", after: FROM_THE_START };
    }
    // Counters and whatever else refers to the batch go with it.
    await client.query("delete from batches where id = $1", [batchId]);
    return { outcome: "done", after };
  });
}

async function isThere(client: Client, batchId: string): Promise<boolean> {
  return (await client.query("select 1 from batches where id = $1", [batchId])).rows.length > 0;
}

/** The ordinal of the last one that went; null when there were none behind `after`. */
async function removeItems(client: Client, batchId: string, batch: DoomedBatch, after: number): Promise<number | null> {
  const { rows } = await client.query<{ ordinal: number; content_hash: Buffer | null }>(
    `select ordinal, content_hash
       from (select i.ordinal, i.content_hash, sum(coalesce(d.page_count, 0)) over (order by i.ordinal) as pages,
                    row_number() over (order by i.ordinal) as place
               from (select ordinal, content_hash from items
                      where batch_id = $1 and ordinal > $5 order by ordinal limit $3) i
               left join lateral (
                 select page_count from documents
                  where content_hash = i.content_hash and extract_hash = $2 limit 1) d on true) counted
      -- One document, however many pages it has, is the least that a step can do.
      where pages <= $4 or place = 1
      order by ordinal`,
    [batchId, batch.extract_hash, ITEMS_AT_A_TIME, PAGES_AT_A_TIME, after],
  );
  const last = rows.at(-1);
  if (last === undefined) return null;
  const hashes = rows.flatMap(({ content_hash }) => (content_hash === null ? [] : [content_hash]));
  if (hashes.length > 0) await removeDocuments(client, batchId, batch, hashes);
  const ordinals = rows.map(({ ordinal }) => ordinal);
  await client.query("delete from retried_failures where batch_id = $1 and ordinal = any($2::int[])", [
    batchId,
    ordinals,
  ]);
  await client.query("delete from items where batch_id = $1 and ordinal = any($2::int[])", [batchId, ordinals]);
  return last.ordinal;
}

/** Whom `d` is kept for: batches that stored or use it, and are not being deleted. */
const USERS = `
  select b.classify_hash from batches b where b.id = d.first_batch_id and b.deleting_at is null
   union all
  select b.classify_hash from document_uses u join batches b on b.id = u.batch_id
   where u.content_hash = d.content_hash and b.extract_hash = d.extract_hash and b.deleting_at is null`;

async function removeDocuments(
  client: Client,
  batchId: string,
  { extract_hash: extractHash, classify_hash: classifyHash }: DoomedBatch,
  hashes: readonly Buffer[],
): Promise<void> {
  // Held first, in the order in which commits hold them: a batch that has just begun to use one is seen by what follows.
  await client.query(
    `select 1 from documents where content_hash = any($1::bytea[]) and extract_hash = $2
      order by content_hash for update`,
    [hashes, extractHash],
  );
  const { rows } = await client.query<{ content_hash: Buffer }>(
    `delete from documents d
      where d.content_hash = any($1::bytea[]) and d.extract_hash = $2 and not exists (${USERS})
      returning d.content_hash`,
    [hashes, extractHash],
  );
  const gone = rows.map((row) => row.content_hash);
  await client.query("delete from pages where content_hash = any($1::bytea[]) and extract_hash = $2", [
    gone,
    extractHash,
  ]);
  await client.query("delete from classifications where content_hash = any($1::bytea[]) and extract_hash = $2", [
    gone,
    extractHash,
  ]);
  await client.query("delete from near_duplicate_bands where content_hash = any($1::bytea[])", [gone]);
  // Of what stays, the labels that nobody else asked for.
  await client.query(
    `delete from classifications c using documents d
      where c.content_hash = any($1::bytea[]) and c.extract_hash = $2 and c.classify_hash = $3
        and d.content_hash = c.content_hash and d.extract_hash = c.extract_hash
        and not exists (select 1 from (${USERS}) user_of where user_of.classify_hash = c.classify_hash)`,
    [hashes, extractHash, classifyHash],
  );
  await client.query("delete from document_uses where content_hash = any($1::bytea[]) and batch_id = $2", [
    hashes,
    batchId,
  ]);
}

/** False when there were none. */
async function removeOthers(client: Client, batchId: string): Promise<boolean> {
  const statements = [
    "delete from attempts where id = any(array(select id from attempts where batch_id = $1 limit $2))",
    "delete from llm_calls where id = any(array(select id from llm_calls where batch_id = $1 limit $2))",
    `delete from batch_uploads where batch_id = $1 and content_hash = any(array(
       select content_hash from batch_uploads where batch_id = $1 limit $2))`,
    `delete from search_items where batch_id = $1 and ordinal = any(array(
       select ordinal from search_items where batch_id = $1 limit $2))`,
  ];
  for (const statement of statements) {
    const { rowCount } = await client.query(statement, [batchId, OTHERS_AT_A_TIME]);
    if ((rowCount ?? 0) > 0) return true;
  }
  return false;
}
