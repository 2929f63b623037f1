import type { Database } from "../db/database.ts";

/** When the answer to a COMMIT was lost, the try that follows finds its own attempt closed. */
export async function wasCommitted(database: Database, attemptId: string): Promise<boolean> {
  const { rows } = await database.pool.query("select 1 from attempts where id = $1 and outcome = 'committed'", [
    attemptId,
  ]);
  return rows.length > 0;
}
