import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { classOf } from "./fair-order.ts";

/**
 * Of these queues, those with work that may start now, the most urgent class first. Those of a class take turns by chance: where an
 * owner stands in one says nothing of another.
 */
export async function peekQueues(database: Database, queues: readonly string[]): Promise<string[]> {
  try {
    const { rows } = await database.control.query<{ queue: string }>(
      `select q.queue
         from unnest($1::text[]) as q (queue)
        cross join lateral (
          select j.priority from pgboss.job j
           where j.name = q.queue and j.state < 'active' and not j.blocked and j.start_after <= now()
           order by j.priority desc limit 1) top
        order by ${classOf("top.priority")} desc, random()`,
      [queues],
    );
    return rows.map((row) => row.queue);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
