import { expect, test } from "bun:test";
import { commitShard } from "../src/commit/commit-shard.ts";
import { FROM_THE_START, removeStep } from "../src/deletion/remove-step.ts";
import { completeUses } from "../src/deletion/complete-uses.ts";
import { deleteBatch } from "../src/deletion/delete-batch.ts";
import { openCommitBench } from "./support/commit-bench.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, failedLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, makeItems, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const TABLES = [
  "batches",
  "batch_counters",
  "items",
  "attempts",
  "retried_failures",
  "batch_passwords",
  "batch_uploads",
];

/** Rows of a batch, by table; those without any are left out. */
async function rowsOf(coordinator: Pick<TestCoordinator, "sql">, batchId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...TABLES, "document_uses"]) {
    const column = table === "batches" ? "id" : "batch_id";
    const [row] = await coordinator.sql(`select count(*)::int as rows from ${table} where ${column} = $1`, [batchId]);
    if (row.rows > 0) counts[table] = row.rows;
  }
  return counts;
}

async function storedOf(coordinator: Pick<TestCoordinator, "sql">, names: readonly string[]) {
  const hashes = names.map((name) => Buffer.from(sha256(name), "hex"));
  const count = async (table: string) => {
    const text = `select count(*)::int as rows from ${table} where content_hash = any($1::bytea[])`;
    return (await coordinator.sql(text, [hashes]))[0].rows;
  };
  return [await count("documents"), await count("pages"), await count("classifications")];
}

const named = (names: readonly string[], folder: string) =>
  makeItems(names.length).map((item, index) => ({ ...item, uri: `file:///${folder}/${names[index]}` }));

async function remove(coordinator: TestCoordinator, batchId: string): Promise<void> {
  const answer = await coordinator.request("DELETE", `/v1/batches/${batchId}`);
  expect(answer.status).toBe(202);
  expect((await coordinator.request("GET", `/v1/batches/${batchId}`)).status).toBe(404);
  await waitUntil(async () => Object.keys(await rowsOf(coordinator, batchId)).length === 0);
}

test("a batch that has ended goes with all that only it has; one that has not is refused", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  const fails = new Set(["only-3"]);
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        fails.has(item.uri.split("/").at(-1) ?? "") ? failedLine(item) : documentLine(item, request),
      ),
    }),
  );
  const names = ["only-0", "only-1", "only-2", "only-3"];
  const { batchId } = await coordinator.open({}, { passwords: ["secret"] });
  await coordinator.append(batchId, named(names, "only"));
  const early = await coordinator.request("DELETE", `/v1/batches/${batchId}`);
  expect([early.status, ((await early.json()) as { code: string }).code]).toEqual([409, "CONFLICT"]);
  await coordinator.seal(batchId, 4);
  await coordinator.ended(batchId);
  fails.clear();
  await coordinator.json("POST", `/v1/batches/${batchId}/retry`, {});
  await coordinator.ended(batchId);
  expect(await storedOf(coordinator, names)).toEqual([4, 8, 4]);
  const uploads = "insert into batch_uploads select sha256(n::text::bytea), $1 from generate_series(1, 6000) n";
  await coordinator.sql(uploads, [batchId]);
  expect(await rowsOf(coordinator, batchId)).toMatchObject({ items: 4, retried_failures: 1, batch_uploads: 6_000 });
  await remove(coordinator, batchId);
  expect(await storedOf(coordinator, names)).toEqual([0, 0, 0]);
  expect((await coordinator.request("DELETE", `/v1/batches/${batchId}`)).status).toBe(404);
  const listed = await coordinator.json("GET", "/v1/batches?limit=1000");
  expect(JSON.stringify(listed)).not.toContain(batchId);
});

test("what other batches point at stays: duplicates, unchanged sources, copies, whichever batch goes first", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const names = ["shared-0", "shared-1", "shared-2"];
  const sources = named(names, "shared");
  const run = async (items: typeof sources, options: object = {}) => {
    const id = await coordinator.submit(items, options);
    await coordinator.ended(id);
    return id;
  };
  const first = await run([...sources, ...named(["mine"], "first").map((item) => ({ ...item, ordinal: 3 }))]);
  const unchanged = await run(sources);
  const duplicate = await run(named(names, "elsewhere"), { force: true });
  const copies = await run(named(names, "again"), { force: true, deduplicate: false });
  // Its labels are of another kind.
  const bare = await run(named(names, "bare"), { force: true, classifier: "none" });
  const others = [unchanged, duplicate, copies, bare];
  expect((await coordinator.status(unchanged)).extract.unchanged).toBe(3);
  expect((await coordinator.status(duplicate)).extract.duplicate).toBe(3);
  expect((await coordinator.status(copies)).extract.succeeded).toBe(3);
  await remove(coordinator, first);
  expect(await storedOf(coordinator, ["mine"])).toEqual([0, 0, 0]);
  for (const id of others) expect(broken(await coordinator.audit(id))).toEqual([]);
  // A new one finds what is there, though the batch that stored it is gone.
  const late = await run(named(names, "late"), { force: true });
  expect((await coordinator.status(late)).extract.duplicate).toBe(3);
  await remove(coordinator, unchanged);
  await remove(coordinator, duplicate);
  for (const id of [copies, bare, late]) expect(broken(await coordinator.audit(id))).toEqual([]);
  await remove(coordinator, copies);
  await remove(coordinator, late);
  // Whoever asked for labels is gone, and they with them.
  expect(await storedOf(coordinator, names)).toEqual([3, 6, 0]);
  expect(broken(await coordinator.audit(bare))).toEqual([]);
  await remove(coordinator, bare);
  expect(await storedOf(coordinator, names)).toEqual([0, 0, 0]);
});

const broken = (audit: { checks: { ok: boolean; name: string }[] }) =>
  audit.checks.filter((check) => !check.ok).map((check) => check.name);

test("uses that nobody has noted, as of earlier versions, are noted before anything goes", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const names = ["old-0", "old-1"];
  const first = await coordinator.submit(named(names, "old"));
  await coordinator.ended(first);
  const second = await coordinator.submit(named(names, "old-too"), { force: true });
  await coordinator.ended(second);
  expect((await coordinator.sql("delete from document_uses where batch_id = $1 returning 1", [second])).length).toBe(2);
  await remove(coordinator, first);
  expect(broken(await coordinator.audit(second))).toEqual([]);
  expect(await storedOf(coordinator, names)).toEqual([2, 4, 2]);
  await remove(coordinator, second);
  expect(await storedOf(coordinator, names)).toEqual([0, 0, 0]);
});

test("a commit that has found a document known holds it: the deletion waits, sees the use, and leaves it", async () => {
  await using temporary = await coordinatorDatabase();
  await using bench = await openCommitBench(temporary.databaseUrl);
  const { database } = bench;
  const finishOne = async (uris: readonly string[]) => {
    const { batchId, queueName } = await bench.batch(uris, { force: true });
    return { batchId, shard: await bench.finish(await bench.fetch(queueName)) };
  };
  const first = await finishOne(["race-0", "race-1"]);
  await bench.commit(first.shard);
  // Known to the deletion as nobody else's until this commit is there.
  const second = await finishOne(["race-0~copy", "race-9"]);
  await deleteBatch(database, first.batchId);
  await completeUses(database, first.batchId, new AbortController().signal);
  const seen = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const holding = {
    ...database,
    transaction: <Result>(work: (client: never) => Promise<Result>) =>
      database.transaction(async (client) => {
        const result = await work(client as never);
        seen.resolve();
        await go.promise;
        return result;
      }),
  } as typeof database;
  const committed = commitShard({ database: holding, queue: bench.queue, sourceRetryMs: 1_000 }, second.shard, "whole");
  await seen.promise;
  let removed = false;
  const removing = removeStep(database, first.batchId, FROM_THE_START).then(({ outcome }) => {
    removed = true;
    return outcome;
  });
  // It is blocked by the commit, which the server itself says.
  await waitUntil(async () => {
    const { rows } = await database.control.query("select 1 from pg_locks where not granted");
    return rows.length > 0;
  });
  expect(removed).toBe(false);
  go.resolve();
  expect(await committed).toBe("committed");
  expect(await removing).toBe("more");
  expect(await bench.states(second.batchId)).toEqual(["duplicate", "succeeded"]);
  const { rows } = await database.pool.query("select encode(content_hash, 'hex') as hash from documents");
  expect(new Set(rows.map((row) => row.hash))).toEqual(new Set([sha256("race-0"), sha256("race-9")]));
  await first.shard[Symbol.asyncDispose]();
  await second.shard[Symbol.asyncDispose]();
});

test("a deletion whose coordinator is killed in its midst is ended by another one, beside batches that share with it", async () => {
  await using database = await coordinatorDatabase();
  const items = makeItems(12_000, {}, "huge");
  let doomed = "";
  let other = "";
  {
    await using coordinator = await spawnCoordinator(database.databaseUrl);
    await using scope = new AsyncDisposableStack();
    scope.use(await startFakeWorker(coordinator, { slots: 4 }));
    const submit = async (some: typeof items) => {
      const { batchId } = await coordinator.open();
      for (let from = 0; from < some.length; from += 6_000) {
        await coordinator.append(batchId, some.slice(from, from + 6_000));
      }
      await coordinator.seal(batchId, some.length);
      await waitUntil(async () => (await coordinator.status(batchId)).state === "done", 120_000);
      return batchId;
    };
    doomed = await submit(items);
    other = await submit(items.slice(0, 500));
    expect((await coordinator.request("DELETE", `/v1/batches/${doomed}`)).status).toBe(202);
    const left = async () => (await rowsOf(coordinator, doomed))["items"] ?? 0;
    await waitUntil(async () => (await left()) < 12_000);
    coordinator.kill();
    expect(await left()).toBeGreaterThan(0);
  }
  await using next = await spawnCoordinator(database.databaseUrl);
  await waitUntil(async () => Object.keys(await rowsOf(next, doomed)).length === 0, 60_000);
  expect(broken(await next.audit(other))).toEqual([]);
  const [stored] = await next.sql(
    "select (select count(*) from documents)::int as documents, (select count(*) from pages)::int as pages",
  );
  expect(stored).toEqual({ documents: 500, pages: 1_000 });
}, 240_000);

test("deleting takes a submitter", async () => {
  const { coordinator } = cluster;
  const path = `/v1/batches/${crypto.randomUUID()}`;
  expect((await coordinator.request("DELETE", path, undefined, null)).status).toBe(401);
  expect((await coordinator.request("DELETE", path, undefined, ADMIN)).status).toBe(404);
});
