import { AppError } from "@sluice/contracts";
import type { Database } from "./database.ts";
import { isConnectionLoss } from "./database-error.ts";

const RETRY_EVERY_MS = 50;

/**
 * Returns as soon as PostgreSQL answers: it may be started at the same moment as the coordinator.
 * DATABASE_UNAVAILABLE after `timeoutMs`; a wrong password or database name is reported at once.
 */
export async function waitForDatabase(database: Database, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await database.pool.query("select 1");
      return;
    } catch (error) {
      if (!isConnectionLoss(error)) {
        const message = error instanceof Error ? error.message : String(error);
        throw new AppError("CONFIG_INVALID", `DATABASE_URL does not lead to a usable database: ${message}`, {
          cause: error,
        });
      }
      if (Date.now() >= deadline) {
        throw new AppError("DATABASE_UNAVAILABLE", `PostgreSQL did not answer within ${timeoutMs} ms.`, {
          cause: error,
        });
      }
      await Bun.sleep(RETRY_EVERY_MS);
    }
  }
}
