import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** A worker that drains gets no new work; what it runs it may end. Its row stays, for the record. */
export async function unregisterWorker(database: Database, workerId: string): Promise<void> {
  try {
    const rows = await database.sql`
      update workers set gone_at = now(), renewed_at = now() where id = ${workerId} returning id`;
    if (rows.length === 0) throw new AppError("NOT_FOUND", `There is no worker ${workerId}.`);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
