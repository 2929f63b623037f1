import type { LockedBatch } from "../db/queries/lock-batch.ts";
import type { Client } from "../db/database.ts";

/** Jobs of a batch in one queue. */
export interface QueuedShards {
  readonly queue: string;
  readonly ids: readonly string[];
}

/** The jobs that cover what is pending of a batch: what is to be read, and what is only to be judged. */
export async function pendingShards(
  client: Client,
  batchId: string,
  { queue, labelQueue }: Pick<LockedBatch, "queue" | "labelQueue">,
): Promise<readonly QueuedShards[]> {
  const read = { queue, ids: await shardsWhere(client, batchId, "extract_state = 'pending'") };
  if (labelQueue === null) return [read];
  const judged = "extract_state <> 'pending' and classify_state = 'pending'";
  return [read, { queue: labelQueue, ids: await shardsWhere(client, batchId, judged) }];
}

async function shardsWhere(client: Client, batchId: string, condition: string): Promise<string[]> {
  const { rows } = await client.query<{ shard_id: string }>(
    `select distinct shard_id from items where batch_id = $1 and ${condition} and shard_id is not null`,
    [batchId],
  );
  return rows.map((row) => row.shard_id);
}
