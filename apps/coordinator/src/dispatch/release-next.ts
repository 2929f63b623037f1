import type { Database } from "../db/database.ts";
import { lockConcurrency } from "../db/queries/lock-concurrency.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { concurrencyRoom } from "./concurrency-room.ts";

/**
 * Lets as many held jobs of a bounded batch be fetched as it has room for: something of it has ended. Those of a paused batch stay
 * held. Should nobody come to it, because the last coordinator with something of the batch in hand died, the sweep does.
 */
export async function releaseNext(
  { database, queue }: { database: Database; queue: ShardQueue },
  batchId: string,
  queueName: string,
  maxConcurrent: number,
): Promise<void> {
  await database.transaction(async (client) => {
    await lockConcurrency(client, batchId);
    const { rows } = await client.query<{ paused: boolean }>(
      "select paused_at is not null as paused from batches where id = $1",
      [batchId],
    );
    if (rows[0]?.paused !== false) return;
    const room = await concurrencyRoom(client, batchId, maxConcurrent);
    if (room > 0) await queue.releaseSome(client, queueName, batchId, room);
  });
}
