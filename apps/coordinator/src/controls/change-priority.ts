import type { Priority } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import { placeShards } from "../queue/place-shards.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { lockUnfinished } from "./lock-unfinished.ts";
import { pendingShards } from "./pending-shards.ts";

interface PriorityParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  wake(): void;
}

/** What waits of a batch goes before or behind others from now on. CONFLICT once it has ended. */
export async function changePriority(parts: PriorityParts, batchId: string, priority: Priority): Promise<void> {
  const { database, queue, wake } = parts;
  await database.transaction(async (client) => {
    const batch = await lockUnfinished(client, batchId);
    if (batch.priority === priority) return;
    // Its places in the former class say nothing of those in this one.
    await client.query("update batches set priority = $2, fair_tag = 0, revision = revision + 1 where id = $1", [
      batchId,
      priority,
    ]);
    for (const { queue: name, ids } of await pendingShards(client, batchId, batch)) {
      const first = await placeShards(client, { batchId, ...batch, priority, queue: name, count: ids.length });
      await queue.prioritize(client, name, ids, first);
      // Held jobs get it with the resume; those of a batch that is bounded are held again where they must.
      if (!batch.paused) await queue.release(client, name, ids, first);
    }
    await recordEvent(client, batchId, "batch.priority", { priority });
  });
  wake();
}
