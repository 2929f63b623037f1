import type { Database } from "../database.ts";

/**
 * Closes attempts that are down as running although their try at the job is over: their coordinator died. Returns how
 * many. An attempt and its job always end in one transaction, so a running attempt of ours is never among them.
 */
export async function closeLostAttempts(database: Database): Promise<number> {
  const { rowCount } = await database.pool.query(
    `update attempts a set outcome = 'coordinator_lost', ended_at = now()
      where a.outcome = 'running' and not exists (
        select 1 from pgboss.job j
         where j.name = a.queue and j.id = a.shard_id and j.state = 'active' and j.retry_count = a.retry_count)`,
  );
  return rowCount ?? 0;
}
