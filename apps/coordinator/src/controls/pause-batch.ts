import type { Database } from "../db/database.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { lockUnfinished } from "./lock-unfinished.ts";
import { pendingShards } from "./pending-shards.ts";

interface PauseParts {
  readonly database: Database;
  readonly queue: ShardQueue;
}

/**
 * From now on nothing of the batch is handed out; it may still be handed in. Shards that are being read are a few seconds
 * of work: they end and are stored. The jobs stay in the queue, held, for as long as it takes. CONFLICT once it has ended.
 */
export async function pauseBatch({ database, queue }: PauseParts, batchId: string): Promise<void> {
  await database.transaction(async (client) => {
    const batch = await lockUnfinished(client, batchId);
    if (batch.paused) return;
    await client.query("update batches set paused_at = now(), revision = revision + 1 where id = $1", [batchId]);
    for (const shards of await pendingShards(client, batchId, batch))
      await queue.hold(client, shards.queue, shards.ids);
    await recordEvent(client, batchId, "batch.paused");
  });
}
