/** Documents that misbehave in every way, on a real cluster: each fails alone and can be looked at, replayed and retried. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BatchOptionsInput, type FailureRow, fileUri, type ItemSubmission } from "@sluice/contracts";
import { startTestCluster, temporaryFolder, type TestCluster } from "@sluice/testkit";
import { jsonOf, runCli } from "./run-cli.ts";

const EXTRACTOR = resolve(import.meta.dir, "../../../worker/test/hostile-extractor.ts");

const scratch = temporaryFolder();
let cluster: TestCluster;
let server: string[];
beforeAll(async () => {
  cluster = await startTestCluster({ workers: 2, extractor: EXTRACTOR, logLevel: "error" });
  server = ["--server", cluster.url, "--token", cluster.adminToken];
}, 60_000);
afterAll(async () => {
  await cluster.stop();
  scratch[Symbol.dispose]();
});

async function submit(orders: readonly string[], options: BatchOptionsInput = {}): Promise<string> {
  const folder = join(scratch.path, crypto.randomUUID());
  mkdirSync(folder);
  const items = orders.map((order, ordinal): ItemSubmission => {
    const path = join(folder, `${ordinal}.pdf`);
    writeFileSync(path, order);
    const { size, mtimeNs } = statSync(path, { bigint: true });
    return { ordinal, uri: fileUri(path), sizeBytes: Number(size), sourceVersion: `${size}:${mtimeNs}` };
  });
  const { batch } = await cluster.client.openBatch({ options: { classifier: "none", ...options } });
  await cluster.client.appendItems(batch.batchId, items);
  await cluster.client.sealBatch(batch.batchId, items.length);
  return batch.batchId;
}

async function end(batchId: string) {
  for await (const status of cluster.client.watchBatch(batchId)) if (status.state === "done") return status;
  throw new Error("the batch did not end");
}

async function failuresOf(batchId: string): Promise<Map<number, FailureRow>> {
  const rows = new Map<number, FailureRow>();
  for await (const row of cluster.client.failures(batchId)) rows.set(row.ordinal, row);
  return rows;
}

const healthy = (count: number) => Array.from({ length: count }, (_, index) => `good ${crypto.randomUUID()} ${index}`);

test("a crash, a hang, a hog, a flood and a panic fail alone, with evidence; every neighbour is read", async () => {
  const poison = ["kill SIGSEGV", "loop", "hog", "floodForever", "panic", "longFrame", "exit 3"];
  const orders = poison.flatMap((order) => [...healthy(5), order]);
  const batchId = await submit(orders, { documentTimeoutMs: 1_500, documentMemoryMb: 128 });
  expect((await end(batchId)).extract).toMatchObject({ succeeded: 35, failed: 7 });
  const failures = await failuresOf(batchId);
  const codes = poison.map((order) => [order, failures.get(orders.indexOf(order))?.code]);
  expect(codes).toEqual([
    ["kill SIGSEGV", "CHILD_CRASHED"],
    ["loop", "CHILD_TIMEOUT"],
    ["hog", "CHILD_OOM"],
    ["floodForever", "CHILD_TIMEOUT"],
    ["panic", "NATIVE_PANIC"],
    ["longFrame", "CHILD_CRASHED"],
    ["exit 3", "CHILD_CRASHED"],
  ]);
  expect(failures.get(orders.indexOf("kill SIGSEGV"))?.evidence).toMatchObject({ signal: "SIGSEGV", attempts: 2 });
  expect(failures.get(orders.indexOf("exit 3"))?.evidence).toMatchObject({ exitCode: 3 });
  expect(failures.get(orders.indexOf("panic"))?.page).toBe(3);
  expect(failures.get(orders.indexOf("hog"))?.evidence?.peakRssBytes).toBeGreaterThan(128 << 20);
  expect((await cluster.client.audit(batchId)).checks.filter((check) => !check.ok)).toEqual([]);

  const listed = await runCli(["failures", batchId, ...server]);
  expect(listed.stdout).toContain("last words before SIGSEGV");
  expect(listed.stdout).toContain("peak memory");
  expect(listed.stdout).toContain("replay BATCH/ITEM");

  const ordinal = orders.indexOf("kill SIGSEGV");
  const again = await runCli(["replay", `${batchId}/${ordinal}`, ...server, "--json"], {
    env: { SLUICE_EXTRACTOR: EXTRACTOR },
  });
  expect(again.exit).toBe(1);
  expect(jsonOf(again)).toMatchObject({
    item: { ordinal, code: "CHILD_CRASHED" },
    replay: { outcome: "failed", code: "CHILD_CRASHED", evidence: { signal: "SIGSEGV" } },
  });
  const good = await runCli(["replay", `${batchId}/0`, ...server], { env: { SLUICE_EXTRACTOR: EXTRACTOR } });
  expect([good.exit, good.stdout]).toEqual([0, expect.stringContaining("now:  read: 1 page")]);
  expect((await runCli(["replay", "latest", ...server])).exit).toBe(2);
}, 60_000);

test("a document that takes the whole worker down fails alone in the end; what shared its shard is read", async () => {
  const orders = [...healthy(6), "patricide", ...healthy(6)];
  const batchId = await submit(orders);
  expect((await end(batchId)).extract).toMatchObject({ succeeded: 12, failed: 1 });
  const failure = (await failuresOf(batchId)).get(6);
  expect(failure?.code).toBe("WORKER_KILLED");
  expect(failure?.attempts).toBeGreaterThanOrEqual(3);
  expect((await cluster.client.audit(batchId)).balanced).toBe(true);
}, 120_000);

test("too slow under one limit, fine under another: retry reads it again, and keeps what was known", async () => {
  const batchId = await submit([...healthy(3), "slow 1200", "exit 9"], { documentTimeoutMs: 300 });
  expect((await end(batchId)).extract).toMatchObject({ succeeded: 3, failed: 2 });
  const wrong = await runCli(["retry", batchId, "--code", "nonsense", ...server]);
  expect([wrong.exit, wrong.stderr]).toEqual([2, expect.stringContaining("no error code")]);
  const flags = ["--code", "CHILD_TIMEOUT", "--timeout", "30", "--wait", "--json"];
  const retried = await runCli(["retry", batchId, "--failed", ...flags, ...server]);
  expect(jsonOf(retried)).toMatchObject({ retried: 1, batch: { state: "done", extract: { succeeded: 4, failed: 1 } } });
  expect(retried.exit).toBe(1);
  const item = await cluster.client.getItem(batchId, 3);
  expect(item).toMatchObject({ state: "succeeded", attempts: 2, earlier: [{ code: "CHILD_TIMEOUT" }] });
  expect((await cluster.client.audit(batchId)).balanced).toBe(true);
}, 60_000);

test("pause, priority, resume, cancel and drain from the command line", async () => {
  const batchId = await submit(Array.from({ length: 60 }, (_, index) => `slow ${200 + index}`));
  const paused = jsonOf(await runCli(["pause", batchId, ...server, "--json"]));
  expect(paused).toMatchObject({ batch: { batchId, state: "sealed", pausedAt: expect.any(String) } });
  expect((await runCli(["status", batchId, ...server])).stdout).toContain("sealed, paused");
  expect(jsonOf(await runCli(["priority", batchId, "bulk", ...server, "--json"]))).toMatchObject({
    batch: { priority: "bulk" },
  });
  expect((await runCli(["priority", batchId, "urgent", ...server])).exit).toBe(2);
  expect(jsonOf(await runCli(["resume", batchId, ...server, "--json"]))).toMatchObject({ batch: { pausedAt: null } });
  const refused = await runCli(["resume", batchId, "--build", ...server, "--json"]);
  expect(jsonOf(refused)).toMatchObject({ error: { code: "CONFLICT" }, exit: 3 });
  expect(jsonOf(await runCli(["cancel", batchId, ...server, "--json"]))).toMatchObject({
    batch: { state: "cancelled" },
  });
  expect((await runCli(["pause", batchId, ...server])).exit).toBe(3);
  const [worker] = (await cluster.client.listWorkers()).filter((row) => row.live);
  const drained = jsonOf(await runCli(["drain", worker?.address ?? "", ...server, "--json"]));
  expect(drained).toMatchObject({ worker: { workerId: worker?.workerId, draining: true } });
}, 60_000);

test("without a running cluster, retry starts one, reads to the end, and stops it", async () => {
  const folder = join(scratch.path, "local");
  mkdirSync(folder);
  for (const [name, order] of [
    ["a", "good one"],
    ["b", "slow 900"],
    ["c", "exit 5"],
  ] as const) {
    writeFileSync(join(folder, `${name}.pdf`), order);
  }
  const place = ["--data-dir", join(scratch.path, "data")];
  const env = { SLUICE_EXTRACTOR: EXTRACTOR };
  const first = await runCli(["classify", folder, "--timeout", "0.3", "-w", "1", "--json", ...place], { env });
  expect(jsonOf(first)).toMatchObject({ succeeded: 1, failed: 2 });
  const flags = ["--code", "CHILD_TIMEOUT", "--timeout", "20", "-w", "1"];
  const retried = await runCli(["retry", "latest", ...flags, "--json", ...place], { env });
  expect(jsonOf(retried)).toMatchObject({ retried: 1, batch: { state: "done", extract: { succeeded: 2, failed: 1 } } });
  expect(retried.exit).toBe(1);
  const nothing = await runCli(["retry", "latest", "--code", "CHILD_OOM", "--json", ...place], { env });
  expect([jsonOf(nothing)["retried"], nothing.exit]).toEqual([0, 0]);
  const replayed = await runCli(["replay", "latest/2", ...place], { env });
  expect(replayed.stdout).toContain("exit code 5");
  expect(jsonOf(await runCli(["audit", "latest", "--json", ...place]))).toMatchObject({ balanced: true });
}, 120_000);
