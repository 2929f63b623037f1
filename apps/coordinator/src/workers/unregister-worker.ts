import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/**
 * A worker that drains gets no new work; what it runs it may end. Its row stays, for the record. NOT_FOUND, also for the worker
 * of another token than `registeredBy`; undefined: of anyone's.
 */
export async function unregisterWorker(
  database: Database,
  workerId: string,
  registeredBy?: string | null,
): Promise<void> {
  try {
    const rows = await database.sql`
      update workers set gone_at = now(), renewed_at = now()
       where id = ${workerId}
         and (${registeredBy === undefined} or registered_by is null or registered_by = ${registeredBy ?? null})
      returning id`;
    if (rows.length === 0) throw new AppError("NOT_FOUND", `There is no worker ${workerId}.`);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
