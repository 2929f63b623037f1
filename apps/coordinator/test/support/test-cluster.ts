import { afterAll, beforeAll } from "bun:test";
import type { TemporaryDatabase } from "@sluice/testkit";
import { coordinatorDatabase } from "./coordinator-database.ts";
import { startTestCoordinator, type TestCoordinator } from "./test-coordinator.ts";

/** One coordinator on one database for a test file. Read its parts inside of tests only. */
export function useCoordinator(env: Record<string, string> = {}): {
  readonly coordinator: TestCoordinator;
  readonly databaseUrl: string;
} {
  let database: TemporaryDatabase;
  let coordinator: TestCoordinator;
  beforeAll(async () => {
    database = await coordinatorDatabase();
    coordinator = await startTestCoordinator(database.databaseUrl, env);
    // PostgreSQL is started here, which takes its time on a busy machine.
  }, 60_000);
  afterAll(async () => {
    await coordinator[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  return {
    get coordinator() {
      return coordinator;
    },
    get databaseUrl() {
      return database.databaseUrl;
    },
  };
}
