import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

export interface QueueDepth {
  readonly queue: string;
  readonly waiting: number;
  readonly active: number;
  readonly oldestSeconds: number;
}

/** Each build that was ever used has a queue; the busiest are what anybody looks for. */
const MAX_QUEUES = 50;

/**
 * How full each queue is, as the queue library counted it at its last pass, some seconds ago: a look of our own would
 * count every job that waits. Only the age of the oldest that may be fetched is looked up, by an index: the library
 * keeps none.
 */
export async function readQueueDepths(database: Database): Promise<QueueDepth[]> {
  try {
    const rows = await database.sql`
      select name, queued_count, active_count,
             coalesce(case when queued_count > 0 then (
               select extract(epoch from now() - j.created_on)
                 from pgboss.job j
                where j.name = queue.name and j.state < 'active' and j.start_after <= now()
                order by j.created_on
                limit 1) end, 0)::double precision as oldest_seconds
        from pgboss.queue
       where name like 'extract/%' or name like 'classify/%'
       order by queued_count + active_count desc, name
       limit ${MAX_QUEUES}`;
    return rows.map((row) => ({
      queue: row["name"],
      waiting: row["queued_count"],
      active: row["active_count"],
      oldestSeconds: row["oldest_seconds"],
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
