/**
 * Looks for what fell between: pending items that no live job covers, attempts left open by a coordinator that is gone,
 * sealed batches with nothing left to do. None of it happens while every transaction does its part; a restored backup or
 * a hand in the database can bring it about.
 */
import { releaseShards } from "../controls/release-shards.ts";
import type { Database } from "../db/database.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { closeLostAttempts } from "../db/queries/close-lost-attempts.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { lockBatch } from "../db/queries/lock-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { placeLabels } from "../intake/append-items.ts";
import { enqueueShards } from "../intake/enqueue-shards.ts";
import { formShards } from "../intake/form-shards.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { releaseNext } from "./release-next.ts";

export interface SweepParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  slotsFor(queue: string): number;
  labelStageOf(labelQueue: string | null): LabelStage | null;
  /** A sealed batch had nothing left to do. */
  batchDone?(batchId: string): void;
}

/**
 * `whole`: every pending item is looked up, which takes a second for a million. Otherwise only where the items that jobs speak
 * for are not as many as are pending: what goes missing shows in that, unless as much was doubled elsewhere.
 */
export async function sweep(
  parts: SweepParts,
  { whole }: { whole: boolean },
): Promise<{ items: number; attempts: number }> {
  const attempts = await closeLostAttempts(parts.database);
  const doubtful = whole ? null : await findMiscovered(parts.database);
  const { rows } = await parts.database.pool.query<{
    id: string;
    queue: string;
    label_queue: string | null;
    paused: boolean;
  }>(
    `select id, queue, label_queue, paused_at is not null as paused
       from batches where state in ('open', 'sealed') order by id`,
  );
  let items = 0;
  for (const { id, queue, label_queue: labelQueue, paused } of rows) {
    if (doubtful === null || doubtful.has(id)) items += await sweepBatch(parts, id);
    if (paused) continue;
    await releaseForgotten(parts, id, queue);
    if (labelQueue !== null) await releaseForgottenLabels(parts, id, labelQueue);
  }
  return { items, attempts };
}

/** Unfinished batches whose jobs do not speak for as many items as are pending, and sealed ones with none. */
async function findMiscovered({ pool }: Database): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `with unfinished as (
       -- What is to be read is to be judged too, where labels are asked for: it is covered once.
       select b.id, b.queue, b.label_queue, b.state,
              case when b.label_queue is null then e.items else greatest(e.items, l.items) end as pending
         from batches b
         join batch_counters e on e.batch_id = b.id and e.stage = 'extract' and e.state = 'pending'
         join batch_counters l on l.batch_id = b.id and l.stage = 'classify' and l.state = 'pending'
        where b.state in ('open', 'sealed')),
     covered as (
       select j.data ->> 'batchId' as batch_id, sum((run ->> 1)::int - (run ->> 0)::int + 1) as items
         from pgboss.job j cross join lateral jsonb_array_elements(j.data -> 'runs') as run
        where j.name in (select queue from unfinished union select label_queue from unfinished) and j.state < 'completed'
        group by 1)
     select u.id
       from unfinished u left join covered on covered.batch_id = u.id::text
      where u.pending <> coalesce(covered.items, 0) or (u.state = 'sealed' and u.pending = 0)`,
  );
  return new Set(rows.map((row) => row.id));
}

async function sweepBatch(parts: SweepParts, batchId: string): Promise<number> {
  // Most batches have every item covered: find out without a lock.
  const { rows: found } = await parts.database.pool.query(`${UNCOVERED} limit 1`, [batchId]);
  if (found.length === 0 && !(await looksFinished(parts.database, batchId))) return 0;
  const { items, done } = await parts.database.transaction(async (client) => {
    const batch = await lockBatch(client, batchId, "append");
    if (batch.state !== "open" && batch.state !== "sealed") return { items: 0, done: false };
    const { rows } = await client.query<{ ordinal: number; size_bytes: number; unread: boolean }>(
      `${UNCOVERED} order by i.ordinal`,
      [batchId],
    );
    const unread = rows.filter((row) => row.unread);
    const unjudged = rows.flatMap((row) => (row.unread ? [] : [row.ordinal]));
    if (unread.length > 0) {
      await parts.queue.ensure(batch.queue);
      const uncovered = unread.map((row) => ({ ordinal: row.ordinal, sizeBytes: row.size_bytes }));
      const shards = formShards(uncovered, parts.slotsFor(batch.queue), batch.commitDocuments);
      await enqueueShards(client, parts.queue, batchId, batch, shards);
      await assignShards(client, batchId, shards);
    }
    await assignShards(client, batchId, await placeLabels(parts, client, batchId, batch, unjudged));
    const pending = await new CounterChanges().apply(client, batchId);
    return { items: rows.length, done: pending === 0 && (await finishBatch(client, batchId)) };
  });
  if (done) parts.batchDone?.(batchId);
  return items;
}

/** A job that is held although its batch is neither paused nor has as much in work as it may would be held for ever. */
async function releaseForgotten({ database, queue }: SweepParts, batchId: string, queueName: string): Promise<void> {
  const held = await queue.held(queueName, batchId);
  if (held.length === 0) return;
  const { maxConcurrent } = await readBatchOptions(database, batchId);
  if (maxConcurrent !== null) return await releaseNext({ database, queue }, batchId, queueName, maxConcurrent);
  await database.transaction(async (client) => {
    const batch = await lockBatch(client, batchId, "append");
    if (!batch.paused) await releaseShards(client, queue, batchId, batch, { queue: queueName, ids: held });
  });
}

/** The same of what is to be judged, which has no bound of its own. */
async function releaseForgottenLabels(
  { database, queue }: SweepParts,
  batchId: string,
  labelQueue: string,
): Promise<void> {
  const ids = await queue.held(labelQueue, batchId);
  if (ids.length === 0) return;
  await database.transaction(async (client) => {
    const batch = await lockBatch(client, batchId, "append");
    if (!batch.paused) await releaseShards(client, queue, batchId, batch, { queue: labelQueue, ids });
  });
}

const UNCOVERED = `
  select i.ordinal, i.size_bytes, i.extract_state = 'pending' as unread
    from items i join batches b on b.id = i.batch_id
   where i.batch_id = $1
     and (i.extract_state = 'pending' or i.classify_state = 'pending' and b.label_queue is not null)
     and not exists (
       select 1 from pgboss.job j
        where j.name = case when i.extract_state = 'pending' then b.queue else b.label_queue end
          and j.id = i.shard_id and j.state < 'completed')`;

async function looksFinished(database: Database, batchId: string): Promise<boolean> {
  const { rows } = await database.pool.query(
    `select 1 from batches b where b.id = $1 and b.state = 'sealed' and not exists (
       select 1 from batch_counters c where c.batch_id = b.id and c.state = 'pending' and c.items > 0)`,
    [batchId],
  );
  return rows.length > 0;
}
