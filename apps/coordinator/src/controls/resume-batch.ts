import type { Database } from "../db/database.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { lockUnfinished } from "./lock-unfinished.ts";
import { pendingShards } from "./pending-shards.ts";
import { releaseShards } from "./release-shards.ts";

interface ResumeParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  wake(): void;
}

/** Ends a pause; without one it does nothing. CONFLICT once the batch has ended. */
export async function resumeBatch({ database, queue, wake }: ResumeParts, batchId: string): Promise<void> {
  await database.transaction(async (client) => {
    const batch = await lockUnfinished(client, batchId);
    if (!batch.paused) return;
    await client.query("update batches set paused_at = null, revision = revision + 1 where id = $1", [batchId]);
    for (const shards of await pendingShards(client, batchId, batch)) {
      await releaseShards(client, queue, batchId, batch, shards);
    }
    await recordEvent(client, batchId, "batch.resumed");
  });
  wake();
}
