import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/**
 * Asks for a worker to be drained: no coordinator gives it another shard, and the worker hears of it when it renews its
 * registration, ends what it runs, and leaves. It comes back when it is started anew. NOT_FOUND.
 */
export async function drainWorker(database: Database, workerId: string): Promise<void> {
  try {
    const rows = await database.sql`
      update workers set drain_asked_at = coalesce(drain_asked_at, now()) where id = ${workerId} returning id`;
    if (rows.length === 0) throw new AppError("NOT_FOUND", `There is no worker ${workerId}.`);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
