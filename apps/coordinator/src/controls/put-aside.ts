import type { Database } from "../db/database.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";

/** Gives a job of a paused batch back to be held: one that came back to the queue after the pause, from a lost worker say. */
export async function putAside(database: Database, queue: ShardQueue, fence: Fence & { data: { batchId: string } }) {
  await database.transaction(async (client) => {
    // Against a resume, which would not see this job: it waits, or has been and is seen here.
    const { rows } = await client.query<{ paused: boolean }>(
      "select paused_at is not null as paused from batches where id = $1 for share",
      [fence.data.batchId],
    );
    if (!(await queue.giveBack(client, fence))) return;
    if (rows[0]?.paused === true) await queue.hold(client, fence.queue, [fence.id]);
  });
}
