import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Rows deleted by one statement. */
const ROWS_AT_A_TIME = 10_000;

/**
 * Deletes events that have been told for so many days, and deliveries that ended as long ago. The stream remembers up to where, so
 * that nobody who comes back later misses one without hearing of it. Returns how many rows went.
 */
export async function forgetEvents(
  { pool }: Database,
  keepDays: number,
): Promise<{ events: number; deliveries: number }> {
  try {
    return {
      events: await deleteAll(
        async () => (await pool.query<{ gone: number }>(EVENTS, [keepDays, ROWS_AT_A_TIME])).rows[0]?.gone,
      ),
      deliveries: await deleteAll(async () => (await pool.query(DELIVERIES, [keepDays, ROWS_AT_A_TIME])).rowCount),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function deleteAll(deleteSome: () => Promise<number | null | undefined>): Promise<number> {
  for (let deleted = 0; ;) {
    const gone = (await deleteSome()) ?? 0;
    deleted += gone;
    if (gone < ROWS_AT_A_TIME) return deleted;
  }
}

const EVENTS = `
  with gone as (
    delete from batch_events where entry in (
      select entry from batch_events where position is not null and at < now() - $1 * interval '1 day'
       order by position limit $2)
    returning position),
  noted as (
    update event_stream set forgotten = greatest(forgotten, (select max(position) from gone))
     where exists (select from gone))
  select count(*)::int as gone from gone`;

const DELIVERIES = `
  delete from webhook_deliveries where entry in (
    select entry from webhook_deliveries
     where created_at < now() - $1 * interval '1 day' and state <> 'pending' limit $2)`;
