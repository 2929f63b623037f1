import { afterAll, beforeAll, expect, test } from "bun:test";
import { commitShard } from "../src/commit/commit-shard.ts";
import { commitWithRetries } from "../src/commit/commit-with-retries.ts";
import { auditBatch } from "../src/results/audit-batch.ts";
import { type CommitBench, openCommitBench } from "./support/commit-bench.ts";
import { sha256 } from "./support/fake-worker.ts";
import { tcpProxy, type TemporaryDatabase } from "@sluice/testkit";
import { coordinatorDatabase } from "./support/coordinator-database.ts";

let database: TemporaryDatabase;
let bench: CommitBench;

beforeAll(async () => {
  database = await coordinatorDatabase();
  bench = await openCommitBench(database.databaseUrl);
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const forever = new AbortController().signal;

async function expectBalanced(batchId: string): Promise<void> {
  const audit = await auditBatch(bench.database, batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
}

async function outcomeOf(attemptId: string): Promise<string> {
  const { rows } = await bench.database.pool.query("select outcome from attempts where id = $1", [attemptId]);
  return rows[0].outcome;
}

test("a stale attempt is fenced out, whichever of the two comes first", async () => {
  for (const staleFirst of [true, false]) {
    const { batchId, queueName } = await bench.batch([`stale-${staleFirst}-1`, `stale-${staleFirst}-2`]);
    const first = await bench.fetch(queueName);
    await using stale = await bench.finish(first);
    // Its lease ran out: the queue gives the job to somebody else.
    await bench.database.transaction((client) => bench.queue.giveBack(client, first));
    if (staleFirst) expect(await bench.commit(stale)).toBe("fenced");
    const second = await bench.fetch(queueName);
    expect(second.id).toBe(first.id);
    await using current = await bench.finish(second);
    if (staleFirst) expect(await bench.commit(stale)).toBe("fenced");
    expect(await bench.commit(current)).toBe("committed");
    expect(await bench.commit(stale)).toBe("fenced");
    expect(await bench.states(batchId)).toEqual(["succeeded", "succeeded"]);
    expect(await outcomeOf(stale.attemptId)).toBe("coordinator_lost");
    expect(await outcomeOf(current.attemptId)).toBe("committed");
    await expectBalanced(batchId);
  }
});

test("a commit that is sent twice says committed twice and is there once", async () => {
  const { batchId, queueName } = await bench.batch(["twice"]);
  await using shard = await bench.finish(await bench.fetch(queueName));
  expect(await bench.commit(shard)).toBe("committed");
  expect(await bench.commit(shard)).toBe("committed");
  expect(
    (
      await bench.database.pool.query("select 1 from pages where content_hash = $1", [
        Buffer.from(sha256("twice"), "hex"),
      ])
    ).rowCount,
  ).toBe(2);
  await expectBalanced(batchId);
});

test("two commits of the same new bytes at the same moment: one stores them, the other finds a duplicate", async () => {
  const one = await bench.batch(["race-a", "race-b", "race-c"]);
  const other = await bench.batch(["race-c~2", "race-b~2", "race-a~2"]);
  await using left = await bench.finish(await bench.fetch(one.queueName));
  await using right = await bench.finish(await bench.fetch(other.queueName));
  const outcomes = await Promise.all([
    commitWithRetries(bench, (mode) => commitShard(bench, left, mode), forever),
    commitWithRetries(bench, (mode) => commitShard(bench, right, mode), forever),
  ]);
  expect(outcomes).toEqual(["committed", "committed"]);
  const states = [await bench.states(one.batchId), await bench.states(other.batchId)];
  expect(states.flat().filter((state) => state === "succeeded")).toHaveLength(3);
  expect(states.flat().filter((state) => state === "duplicate")).toHaveLength(3);
  await expectBalanced(one.batchId);
  await expectBalanced(other.batchId);
});

test("a commit that waits for another with the same bytes looks again when that one is through", async () => {
  const { batchId, queueName } = await bench.batch(["held"]);
  await using shard = await bench.finish(await bench.fetch(queueName));
  const hash = Buffer.from(sha256("held"), "hex");
  const waiting = await bench.database.transaction(async (client) => {
    await client.query(
      `insert into documents (content_hash, extract_hash, size_bytes, format, page_count, needs_ocr, partial, metadata, warnings, first_batch_id)
       values ($1, $2, 10, 'pdf', 1, false, false, '{}', '[]', $3)`,
      [hash, shard.hashes.extractHash, crypto.randomUUID()],
    );
    await client.query("insert into pages values ($1, $2, 1, 'text', 1, 'x', null)", [hash, shard.hashes.extractHash]);
    const commit = commitWithRetries(bench, (mode) => commitShard(bench, shard, mode), forever);
    // Until it is seen waiting for this transaction, it has not met the other's row.
    for (;;) {
      // Not on this connection: a transaction sees the activity of its first look for ever.
      const { rows } = await bench.database.pool.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%copy documents%'",
      );
      if (rows.length > 0) break;
      await Bun.sleep(10);
    }
    return { commit };
  });
  expect(await waiting.commit).toBe("committed");
  expect(await bench.states(batchId)).toEqual(["duplicate"]);
  await expectBalanced(batchId);
});

test("one row that PostgreSQL refuses fails alone, with its message; its neighbours are stored", async () => {
  const uris = Array.from({ length: 9 }, (_, index) => `bisect-${index}`);
  const { batchId, queueName } = await bench.batch(uris);
  await using shard = await bench.finish(await bench.fetch(queueName), (line, ordinal) =>
    ordinal === 4 ? { ...line, pages: [{ ...line.pages[0], verdict: "no such verdict" }, line.pages[1]] } : line,
  );
  expect(await commitWithRetries(bench, (mode) => commitShard(bench, shard, mode), forever)).toBe("committed");
  const states = await bench.states(batchId);
  expect(states.filter((state) => state === "succeeded")).toHaveLength(8);
  expect(states[4]).toBe("failed");
  const { rows } = await bench.database.pool.query(
    "select code, message from items where batch_id = $1 and ordinal = 4",
    [batchId],
  );
  expect(rows[0].code).toBe("ROW_REJECTED");
  expect(rows[0].message).toContain("pages_verdict_check");
  expect(await outcomeOf(shard.attemptId)).toBe("committed");
  await expectBalanced(batchId);
});

test("text with NUL and lone surrogates is stored, with the replacement character", async () => {
  const { batchId, queueName } = await bench.batch(["odd-text"]);
  await using shard = await bench.finish(await bench.fetch(queueName), (line) => ({
    ...line,
    pages: [{ ...line.pages[0], text: "a\0b\ud800c" }, line.pages[1]],
    metadata: { title: "t\0\ud800" },
    warnings: [{ code: "X", message: "\0" }],
  }));
  expect(await bench.commit(shard)).toBe("committed");
  const hash = Buffer.from(sha256("odd-text"), "hex");
  const { rows } = await bench.database.pool.query(
    "select p.text, d.metadata from pages p join documents d using (content_hash, extract_hash) where content_hash = $1 and page_no = 1",
    [hash],
  );
  expect(rows[0]).toEqual({ text: "a\ufffdb\ufffdc", metadata: { title: "t\ufffd\ufffd" } });
  await expectBalanced(batchId);
});

test("known bytes whose document has gone meanwhile are read again", async () => {
  const { batchId, queueName } = await bench.batch(["vanished", "there"]);
  await using shard = await bench.finish(await bench.fetch(queueName), (line, ordinal) =>
    ordinal === 0
      ? {
          line: "item",
          ordinal,
          sizeBytes: 10,
          sourceVersion: "1:1",
          cpuMs: 1,
          outcome: "known",
          contentHash: sha256("vanished"),
        }
      : line,
  );
  expect(await bench.commit(shard)).toBe("committed");
  expect(await bench.states(batchId)).toEqual(["pending", "succeeded"]);
  await expectBalanced(batchId);
  await using again = await bench.finish(await bench.fetch(queueName));
  expect(again.items.map((item) => item.ordinal)).toEqual([0]);
  expect(await bench.commit(again)).toBe("committed");
  expect(await bench.states(batchId)).toEqual(["succeeded", "succeeded"]);
  await expectBalanced(batchId);
});

test("the answer to COMMIT is lost: the next try finds it committed, and everything is there once", async () => {
  const url = new URL(database.databaseUrl);
  await using proxy = await tcpProxy({ listen: "127.0.0.1:0", target: url.host });
  url.host = proxy.address;
  await using behind = await openCommitBench(url.href);
  const { batchId, queueName } = await behind.batch(["lost-1", "lost-2"]);
  await using shard = await behind.finish(await behind.fetch(queueName));
  proxy.swallowCommits(1);
  expect(await commitWithRetries(behind, (mode) => commitShard(behind, shard, mode), forever)).toBe("committed");
  expect(proxy.swallowed).toBe(1);
  expect(await bench.states(batchId)).toEqual(["succeeded", "succeeded"]);
  await expectBalanced(batchId);
});

test("results past 8 MB wait in a file and are stored like any other", async () => {
  const { batchId, queueName } = await bench.batch(["large-1", "large-2", "large-3"]);
  const text = "0123456789abcdef".repeat(250_000);
  await using shard = await bench.finish(await bench.fetch(queueName), (line) => ({
    ...line,
    pages: [{ ...line.pages[0], text }, line.pages[1]],
  }));
  expect(shard.staging.spooledBytes).toBeGreaterThan(3_000_000);
  expect(await bench.commit(shard)).toBe("committed");
  const { rows } = await bench.database.pool.query("select count(*)::int as pages from pages where text = $1", [text]);
  expect(rows[0].pages).toBe(3);
  await expectBalanced(batchId);
});
