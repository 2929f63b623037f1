import { createLogger } from "@sluice/serverkit";
import { type TemporaryDatabase, temporaryDatabase } from "@sluice/testkit";
import { connectDatabase } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openShardQueue } from "../../src/queue/shard-queue.ts";

/** A database of its own for a test, migrated already. */
export async function coordinatorDatabase(): Promise<TemporaryDatabase> {
  return await temporaryDatabase({ prepare });
}

async function prepare(url: string): Promise<void> {
  const logger = createLogger({ name: "test", level: "silent" });
  const database = connectDatabase({ url, poolSize: 2, logger });
  await migrate(database);
  const queue = await openShardQueue(database, logger);
  await queue.stop();
  await database.close();
}
