import { expect, test } from "bun:test";
import { hashToken } from "@sluice/serverkit";
import { MIGRATIONS } from "../src/db/migrations/migrations.ts";
import { failToStart, spawnCoordinator } from "./support/spawned-coordinator.ts";
import { temporaryDatabase } from "@sluice/testkit";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { at, startTestCoordinator } from "./support/test-coordinator.ts";

test("an empty database is migrated once, by coordinators that start at the same moment too", async () => {
  await using database = await temporaryDatabase();
  await using first = await startTestCoordinator(database.databaseUrl);
  const others = await Promise.all([1, 2].map(() => startTestCoordinator(database.databaseUrl)));
  const rows = await first.sql("select number, name from schema_migrations order by number");
  expect(rows).toEqual(MIGRATIONS.map(({ number, name }) => ({ number, name })));
  for (const other of others) await other[Symbol.asyncDispose]();
});

test("coordinators that race for an empty database all start", async () => {
  await using database = await temporaryDatabase();
  const started = await Promise.all([1, 2, 3].map(() => startTestCoordinator(database.databaseUrl)));
  expect(started).toHaveLength(3);
  for (const coordinator of started) await coordinator[Symbol.asyncDispose]();
});

test("a database that a newer version has migrated is left alone: SCHEMA_NEWER", async () => {
  await using database = await coordinatorDatabase();
  {
    await using coordinator = await startTestCoordinator(database.databaseUrl);
    await coordinator.sql("insert into schema_migrations (number, name) values (99, 'from_the_future')");
  }
  const { line, exitCode } = await failToStart({ DATABASE_URL: database.databaseUrl });
  expect(line).toMatchObject({ ready: false, code: "SCHEMA_NEWER" });
  expect(line.message).toContain("99 from_the_future");
  expect(exitCode).toBe(1);
});

test("faults of the configuration are named, all of them at once", async () => {
  const { line, exitCode } = await failToStart({ DATABASE_URL: "mysql://x", SLUICE_PORT: "none" });
  expect(line.code).toBe("CONFIG_INVALID");
  expect(line.message).toContain("DATABASE_URL");
  expect(line.message).toContain("SLUICE_PORT");
  expect(exitCode).toBe(1);
  const addresses = await failToStart({
    DATABASE_URL: "postgres://127.0.0.1:1/x",
    SLUICE_WORKER_ADDRESSES: "10.0.0.0/99",
  });
  expect(addresses.line.message).toContain("10.0.0.0/99");
});

test("a database that does not answer in time, a wrong database, and a port that is taken each say so", async () => {
  const away = await failToStart({ DATABASE_URL: "postgres://127.0.0.1:1/x", SLUICE_DB_WAIT_SECONDS: "0.2" });
  expect(away.line.code).toBe("DATABASE_UNAVAILABLE");
  await using database = await coordinatorDatabase();
  const wrong = await failToStart({ DATABASE_URL: database.databaseUrl.replace(database.name, "no_such_database") });
  expect(wrong.line).toMatchObject({ code: "CONFIG_INVALID" });
  expect(wrong.line.message).toContain("no_such_database");
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const taken = await failToStart({ DATABASE_URL: database.databaseUrl, SLUICE_PORT: new URL(coordinator.url).port });
  expect(taken.line.code).toBe("PORT_IN_USE");
});

test("without bootstrap tokens the first start makes two, shows them once, and stores only their hashes", async () => {
  await using database = await coordinatorDatabase();
  const first = await spawnCoordinator(database.databaseUrl, { SLUICE_BOOTSTRAP_TOKENS: "" });
  const shown = [...(await first.stderr()).matchAll(/The (\w+) token, shown this once: (\S+)/g)].map(
    ([, role, token]) => ({ role, token: token ?? "" }),
  );
  expect(shown.map((entry) => entry.role)).toEqual(["admin", "worker"]);
  const [admin, worker] = [at(shown, 0), at(shown, 1)];
  expect((await first.request("GET", "/v1/batches", undefined, admin.token)).status).toBe(200);
  expect((await first.request("GET", "/v1/batches", undefined, worker.token)).status).toBe(403);
  const stored = await first.sql("select encode(token_hash, 'hex') as hash from tokens order by role");
  expect(stored.map((row) => row.hash)).toEqual(shown.map((entry) => hashToken(entry.token)));
  await first[Symbol.asyncDispose]();
  const second = await spawnCoordinator(database.databaseUrl, { SLUICE_BOOTSTRAP_TOKENS: "" });
  expect((await second.request("GET", "/v1/batches", undefined, admin.token)).status).toBe(200);
  await second.sql("update tokens set revoked_at = now() where role = 'admin'");
  await second[Symbol.asyncDispose]();
  expect(await second.stderr()).not.toContain("token, shown");
});

test("it ends when its parent closes stdin", async () => {
  await using database = await coordinatorDatabase();
  const coordinator = await spawnCoordinator(database.databaseUrl);
  expect(await coordinator.closeStdin()).toBe(0);
  await coordinator[Symbol.asyncDispose]();
});
