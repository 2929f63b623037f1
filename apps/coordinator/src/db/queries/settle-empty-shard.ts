import type { Fence } from "../../queue/shard-job.ts";
import type { ShardQueue } from "../../queue/shard-queue.ts";
import type { Database } from "../database.ts";

/** Ends a job whose items are all settled or covered by another job. */
export async function settleEmptyShard(database: Database, queue: ShardQueue, fence: Fence): Promise<void> {
  await database.transaction(async (client) => {
    await queue.complete(client, fence);
  });
}
