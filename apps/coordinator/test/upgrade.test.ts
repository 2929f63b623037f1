/** Versions side by side: workers of two engines, coordinators of two schemas. */
import { expect, test } from "bun:test";
import { problemSchema } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { connectDatabase } from "../src/db/database.ts";
import { migrate } from "../src/db/migrate.ts";
import { MIGRATIONS, type Migration } from "../src/db/migrations/migrations.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { failToStart } from "./support/spawned-coordinator.ts";
import { makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

test("workers of two engines: each reads the batches of its own, and every text lies under the hash of what read it", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const says = (engine: string) =>
    answerAll((item, request) => {
      const line = documentLine(item, request, { metadata: { producer: engine } });
      return line;
    });
  await using scope = new AsyncDisposableStack();
  const old = scope.use(await startFakeWorker(coordinator, { engineVersion: "1.0", answer: says("1.0"), slots: 3 }));
  const first = await coordinator.open();
  const sources = makeItems(40);
  await coordinator.append(first.batchId, sources.slice(0, 20));
  const next = scope.use(await startFakeWorker(coordinator, { engineVersion: "2.0", answer: says("2.0"), slots: 5 }));
  // The same sources again: what one engine has read is not known to the other.
  const second = await coordinator.open();
  await coordinator.append(second.batchId, sources);
  await coordinator.append(first.batchId, sources.slice(20));
  for (const { batchId } of [first, second]) await coordinator.seal(batchId, 40);
  for (const [batch, engine] of [
    [first, "1.0"],
    [second, "2.0"],
  ] as const) {
    const ended = await coordinator.ended(batch.batchId);
    expect(ended).toMatchObject({ engineVersion: engine, extract: { succeeded: 40 } });
    expect((await coordinator.audit(batch.batchId)).balanced).toBe(true);
    const readers = await coordinator.sql(
      "select distinct metadata ->> 'producer' as engine from documents where extract_hash = decode($1, 'hex')",
      [ended.extractHash],
    );
    expect(readers).toEqual([{ engine }]);
  }
  expect(old.requests.every((request) => request.batchId === first.batchId)).toBe(true);
  expect(next.requests.every((request) => request.batchId === second.batchId)).toBe(true);
});

const NEXT = (MIGRATIONS.at(-1)?.number ?? 0) + 1;
const future = (worksWith: number, sql: string): Migration => ({
  number: NEXT,
  name: "from_the_future",
  sql,
  worksWith,
});

/** What a newer coordinator does when it starts. */
async function migrateTo(databaseUrl: string, migration: Migration): Promise<void> {
  const logger = createLogger({ name: "test", level: "silent" });
  const database = connectDatabase({ url: databaseUrl, poolSize: 2, logger });
  try {
    await migrate(database, [...MIGRATIONS, migration]);
  } finally {
    await database.close();
  }
}

const readiness = async (coordinator: TestCoordinator) =>
  (await coordinator.request("GET", "/readyz", undefined, null)).json() as Promise<{
    ready: boolean;
    checks: { database: { ok: boolean; reason?: string } };
  }>;

test("a newer coordinator migrates in mid-run with what an older one may run beside: nobody notices", async () => {
  await using database = await coordinatorDatabase();
  await using older = await startTestCoordinator(database.databaseUrl);
  await using worker = await startFakeWorker(older, {
    answer: answerAll(async (item, request) => {
      await Bun.sleep(10);
      return documentLine(item, request);
    }),
  });
  const batchId = await older.submit(makeItems(200));
  await waitUntil(() => worker.running > 0);
  await migrateTo(
    database.databaseUrl,
    future(NEXT - 1, "alter table batches add column shade text; alter table items add column shade text"),
  );
  const ended = await older.ended(batchId);
  expect(ended.extract.succeeded).toBe(200);
  expect(await older.sql("select distinct outcome from attempts")).toEqual([{ outcome: "committed" }]);
  expect(await readiness(older)).toMatchObject({ ready: true });
  // One of this version starts beside it, too.
  await using another = await startTestCoordinator(database.databaseUrl);
  expect((await another.audit(batchId)).balanced).toBe(true);
});

test("a migration that older ones cannot work beside: they say so by name, hand back what they have, and take nothing", async () => {
  await using database = await coordinatorDatabase();
  await using older = await startTestCoordinator(database.databaseUrl);
  await using worker = await startFakeWorker(older, {
    answer: async function* (_request, signal) {
      yield { line: "progress", done: 0, current: null };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  });
  const batchId = await older.submit(makeItems(6));
  await waitUntil(() => worker.running > 0);
  await migrateTo(database.databaseUrl, future(NEXT, "alter table batches add column shade text"));
  const refused = await waitUntil(async () => {
    const response = await older.request("GET", `/v1/batches/${batchId}`);
    return response.ok ? null : response;
  });
  const problem = problemSchema.parse(await refused.json());
  expect([refused.status, problem.code]).toEqual([503, "SCHEMA_NEWER"]);
  expect(problem.detail).toContain(`${NEXT} from_the_future`);
  await waitUntil(async () => !(await readiness(older)).ready);
  expect((await readiness(older)).checks.database.reason).toContain("from_the_future");
  await waitUntil(async () => (await older.sql("select 1 from pgboss.job where state = 'active'")).length === 0);
  expect(await older.sql("select distinct outcome from attempts")).toEqual([{ outcome: "stopped" }]);
  // Slots that it does not use any more are not kept from others.
  await waitUntil(async () => (await older.sql("select 1 from coordinators")).length === 0);
  // Longer than from one look at the workers to the next, each of which renews the share of a coordinator that works.
  await Bun.sleep(1_500);
  expect(await older.sql("select 1 from coordinators")).toEqual([]);
  const { line, exitCode } = await failToStart({ DATABASE_URL: database.databaseUrl });
  expect([line.code, exitCode]).toEqual(["SCHEMA_NEWER", 1]);
});

test("a migration waits for a long transaction without holding everybody up behind it", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  await using worker = await startFakeWorker(coordinator);
  const holder = connectDatabase({
    url: database.databaseUrl,
    poolSize: 1,
    logger: createLogger({ name: "test", level: "silent" }),
  });
  const client = await holder.pool.connect();
  // Longer than the server lets a coordinator's transactions rest.
  await client.query("set idle_in_transaction_session_timeout = 0");
  await client.query("begin");
  await client.query("select count(*) from batches");
  const migration = migrateTo(database.databaseUrl, future(NEXT - 1, "alter table batches add column shade text"));
  await waitUntil(
    async () =>
      (
        await coordinator.sql(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        )
      ).length > 0,
  );
  const batchId = await coordinator.submit(makeItems(5));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(5);
  expect(worker.requests.length).toBeGreaterThan(0);
  await client.query("commit");
  client.release();
  await holder.close();
  await migration;
  expect(await coordinator.sql("select 1 from schema_migrations where number = $1", [NEXT])).toHaveLength(1);
}, 60_000);
