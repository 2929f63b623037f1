import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Rows deleted by one statement: a second of work at most, and no long lock. */
const ROWS_AT_A_TIME = 10_000;

/**
 * Deletes what nobody asks for any more: attempts of batches that ended so many days ago, and workers not heard of for as
 * long. Items, their failures and everything stored stay: they go with their batch. Returns how many rows went.
 */
export async function forgetOld({ pool }: Database, keepDays: number): Promise<{ attempts: number; workers: number }> {
  const deleteAll = async (statement: string): Promise<number> => {
    for (let deleted = 0; ;) {
      const { rowCount } = await pool.query(statement, [keepDays, ROWS_AT_A_TIME]);
      deleted += rowCount ?? 0;
      if ((rowCount ?? 0) < ROWS_AT_A_TIME) return deleted;
    }
  };
  try {
    return {
      attempts: await deleteAll(
        `delete from attempts where id in (
           select a.id from batches b join attempts a on a.batch_id = b.id
            where b.state in ('done', 'cancelled') and b.finished_at < now() - $1 * interval '1 day'
              and a.outcome <> 'running'
            limit $2)`,
      ),
      workers: await deleteAll(
        `delete from workers where id in (
           select w.id from workers w
            where w.renewed_at < now() - $1 * interval '1 day'
              and not exists (select 1 from attempts a where a.worker_id = w.id and a.outcome = 'running')
            limit $2)`,
      ),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
