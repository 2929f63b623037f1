import type { Client } from "../db/database.ts";
import type { LockedBatch } from "../db/queries/lock-batch.ts";
import { placeShards } from "../queue/place-shards.ts";
import type { NewShard } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";

/** Puts shards of a batch that the caller has locked into its queue, in fair order with others; held where it is paused. */
export async function enqueueShards(
  client: Client,
  queue: ShardQueue,
  batchId: string,
  batch: Pick<LockedBatch, "queue" | "priority" | "paused" | "owner">,
  shards: readonly NewShard[],
): Promise<void> {
  if (shards.length === 0) return;
  const first = await placeShards(client, { batchId, ...batch, count: shards.length });
  await queue.add(client, batch.queue, batchId, first, shards);
  if (!batch.paused) return;
  const ids = shards.map((shard) => shard.id);
  await queue.hold(client, batch.queue, ids);
}
