import type { Client, Database } from "../db/database.ts";
import { forgetPasswords } from "../db/queries/batch-passwords.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { lockBatch } from "../db/queries/lock-batch.ts";
import { readEndedCounts } from "../db/queries/read-ended-counts.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";

export interface CancelParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly metrics?: { stored(changes: CounterChanges): void };
}

/**
 * Cancels what is pending of a batch and keeps what is stored. Shards that are being read are fenced out: their jobs are
 * cancelled here, so their commits find nothing to complete. A batch that is done stays done.
 */
export async function cancelBatch({ database, queue, metrics }: CancelParts, batchId: string): Promise<void> {
  metrics?.stored(await database.transaction((client) => cancelInTransaction(client, queue, batchId)));
}

/** Returns what it changed in the batch's counts: nothing, where the batch had ended. */
export async function cancelInTransaction(client: Client, queue: ShardQueue, batchId: string): Promise<CounterChanges> {
  const changes = new CounterChanges();
  const batch = await lockBatch(client, batchId, "cancel");
  if (batch.state === "done" || batch.state === "cancelled") return changes;
  const { rows } = await client.query<{ shard_id: string | null; items: number; unclassified: number }>(
    `with cancelled as (
       update items
          set extract_state = 'cancelled', updated_at = now(),
              classify_state = case classify_state when 'pending' then 'cancelled' else classify_state end
        where batch_id = $1 and extract_state = 'pending'
        returning shard_id, classify_state)
     select shard_id, count(*)::int as items,
            (count(*) filter (where classify_state = 'cancelled'))::int as unclassified
       from cancelled group by shard_id`,
    [batchId],
  );
  const shardIds = rows.flatMap((row) => (row.shard_id === null ? [] : [row.shard_id]));
  await queue.cancel(client, batch.queue, shardIds);
  const unjudged = batch.labelQueue === null ? 0 : await cancelLabels(client, queue, batchId, batch.labelQueue);
  await client.query(
    "update attempts set outcome = 'cancelled', ended_at = now() where batch_id = $1 and outcome = 'running'",
    [batchId],
  );
  for (const row of rows) {
    changes.move("extract", "pending", "cancelled", row.items);
    changes.move("classify", "pending", "cancelled", row.unclassified);
  }
  if (unjudged > 0) changes.move("classify", "pending", "cancelled", unjudged);
  await changes.apply(client, batchId);
  await client.query("update batches set state = 'cancelled', finished_at = now() where id = $1", [batchId]);
  await forgetPasswords(client, batchId);
  await recordEvent(client, batchId, "batch.cancelled", await readEndedCounts(client, batchId));
  return changes;
}

/** What is stored and waits for its label keeps its text; returns how many. */
async function cancelLabels(client: Client, queue: ShardQueue, batchId: string, labelQueue: string): Promise<number> {
  const { rows } = await client.query<{ shard_id: string | null; items: number }>(
    `with cancelled as (
       update items set classify_state = 'cancelled', updated_at = now()
        where batch_id = $1 and classify_state = 'pending'
        returning shard_id)
     select shard_id, count(*)::int as items from cancelled group by shard_id`,
    [batchId],
  );
  await queue.cancel(
    client,
    labelQueue,
    rows.flatMap((row) => (row.shard_id === null ? [] : [row.shard_id])),
  );
  return rows.reduce((sum, row) => sum + row.items, 0);
}
