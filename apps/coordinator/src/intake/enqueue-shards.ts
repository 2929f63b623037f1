import type { Client } from "../db/database.ts";
import type { LockedBatch } from "../db/queries/lock-batch.ts";
import type { NewShard } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { PRIORITY_VALUE } from "./priority-value.ts";

/** Puts shards of a batch that the caller has locked into its queue, at its priority; held where it is paused. */
export async function enqueueShards(
  client: Client,
  queue: ShardQueue,
  batchId: string,
  batch: Pick<LockedBatch, "queue" | "priority" | "paused">,
  shards: readonly NewShard[],
): Promise<void> {
  await queue.add(client, batch.queue, batchId, PRIORITY_VALUE[batch.priority], shards);
  if (!batch.paused) return;
  const ids = shards.map((shard) => shard.id);
  await queue.hold(client, batch.queue, ids);
}
