import type { Database } from "../db/database.ts";
import { lockConcurrency } from "../db/queries/lock-concurrency.ts";
import type { ShardJob } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { concurrencyRoom } from "./concurrency-room.ts";

/**
 * Gives a job back for which its batch has no room, and holds what else of the batch waits, so that nobody fetches it in vain
 * and other batches are not kept behind it. `releaseNext` lets them go one by one.
 */
export async function holdSurplus(
  { database, queue }: { database: Database; queue: ShardQueue },
  job: ShardJob,
  maxConcurrent: number,
): Promise<void> {
  const { batchId } = job.data;
  await database.transaction(async (client) => {
    await lockConcurrency(client, batchId);
    if (!(await queue.giveBack(client, job))) return;
    // One of those in work may have ended since, and found nothing held.
    if ((await concurrencyRoom(client, batchId, maxConcurrent)) > 0) return;
    await queue.holdWaiting(client, job.queue, batchId);
  });
}
