import type { Database } from "../db/database.ts";

const ITEMS_AT_A_TIME = 5_000;
const BATCHES_AT_A_TIME = 1_000;

interface Unread {
  readonly id: string;
  readonly ended: boolean;
  readonly items: number;
}

/**
 * Notes what other batches of the same build use of each other's documents, from their items: for those that began before
 * such notes were taken, or that a coordinator of an earlier version worked on. Each batch is read once after its end. Nothing
 * may be deleted of a build before.
 */
export async function completeUses({ pool }: Database, batchId: string, signal: AbortSignal): Promise<void> {
  const { rows } = await pool.query<Unread>(
    `select o.id, o.state in ('done', 'cancelled') as ended, coalesce(sum(c.items), 0)::int as items
       from batches b join batches o on o.extract_hash = b.extract_hash and o.id <> b.id
       left join batch_counters c on c.batch_id = o.id and c.stage = 'extract'
      where b.id = $1 and o.deleting_at is null and not o.uses_complete
      group by o.id order by o.id`,
    [batchId],
  );
  for (const group of groupsOf(rows)) {
    const ids = group.map(({ id }) => id);
    const longest = Math.max(...group.map(({ items }) => items));
    for (let from = 0; from < longest; from += ITEMS_AT_A_TIME) {
      signal.throwIfAborted();
      await noteUses(pool, ids, from);
    }
    // One that was still at work takes its own notes from here on, and is read again at the next deletion.
    const ended = group.flatMap((batch) => (batch.ended ? [batch.id] : []));
    await pool.query("update batches set uses_complete = true where id = any($1::uuid[])", [ended]);
  }
}

/** Small batches together, so that many of them are no more work than a large one. */
function* groupsOf(batches: readonly Unread[]): Generator<readonly Unread[]> {
  let group: Unread[] = [];
  let items = 0;
  for (const batch of batches) {
    if (group.length > 0 && (group.length >= BATCHES_AT_A_TIME || items + batch.items > ITEMS_AT_A_TIME)) {
      yield group;
      group = [];
      items = 0;
    }
    group.push(batch);
    items += batch.items;
  }
  if (group.length > 0) yield group;
}

async function noteUses(pool: Database["pool"], batchIds: readonly string[], from: number): Promise<void> {
  await pool.query(
    `insert into document_uses (content_hash, batch_id)
     select distinct i.content_hash, i.batch_id
       from unnest($1::uuid[]) as given (batch_id)
       join batches b on b.id = given.batch_id
       join items i on i.batch_id = b.id and i.ordinal >= $2 and i.ordinal < $3
       join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
      where d.first_batch_id <> i.batch_id
        and i.extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
      order by 1, 2
     on conflict do nothing`,
    [batchIds, from, from + ITEMS_AT_A_TIME],
  );
}
