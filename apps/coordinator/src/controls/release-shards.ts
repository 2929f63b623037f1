import type { QueuedShards } from "./pending-shards.ts";
import type { Client } from "../db/database.ts";
import type { LockedBatch } from "../db/queries/lock-batch.ts";
import { placeShards } from "../queue/place-shards.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";

/** Lets held jobs of a batch that the caller has locked be fetched again: as if they had just been handed in. */
export async function releaseShards(
  client: Client,
  queue: ShardQueue,
  batchId: string,
  batch: LockedBatch,
  { queue: queueName, ids }: QueuedShards,
): Promise<void> {
  // What it had waiting is what is placed now.
  await client.query("update batches set fair_tag = 0 where id = $1", [batchId]);
  const first = await placeShards(client, { batchId, ...batch, queue: queueName, count: ids.length });
  await queue.release(client, queueName, ids, first);
}
