import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "@sluice/launcher";
import { problemSchema } from "@sluice/contracts";
import { answerAll, documentLine, doneLine, type FakeWorkerOptions, startFakeWorker } from "./support/fake-worker.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { makeItems, startTestCoordinator, waitUntil } from "./support/test-coordinator.ts";

let folder: string;
let postgres: RunningPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-takeover-test-"));
  postgres = await startPostgres({ dataDir: folder, exitWithParent: true });
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const slowAnswer = (ms: number) =>
  answerAll(async (item, request) => {
    await Bun.sleep(ms);
    return documentLine(item, request);
  });

/** The first shard is answered; the others, with signs of life, when it is time, so that there is a middle of the run. */
const heldUntil = (time: Promise<unknown>, ms: number): NonNullable<FakeWorkerOptions["answer"]> => {
  let shards = 0;
  return async function* (request, signal) {
    shards += 1;
    if (shards > 1) {
      const here = time.then(() => true);
      while (!signal.aborted && !(await Promise.race([here, Bun.sleep(200)]))) {
        yield { line: "progress", done: 0, current: null };
      }
    }
    yield* slowAnswer(ms)(request, signal);
  };
};

test("a coordinator is killed: another takes its shards over when their leases have run out", async () => {
  await using doomed = await spawnCoordinator(postgres.databaseUrl);
  await using survivor = await startTestCoordinator(postgres.databaseUrl);
  const killed = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(doomed, { slots: 2, answer: heldUntil(killed.promise, 1) });
  const batchId = await doomed.submit(makeItems(60));
  await waitUntil(async () => (await doomed.status(batchId)).extract.succeeded > 0 && worker.running > 0);
  doomed.kill();
  killed.resolve();
  // The worker's registration goes to whoever lives.
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(survivor, { slots: 2 }));
  // Leases of ten seconds, and on a busy machine all that comes after them.
  const status = await waitUntil(async () => {
    const now = await survivor.status(batchId);
    return now.state === "done" ? now : null;
  }, 60_000);
  expect(status.extract.succeeded).toBe(60);
  const audit = await survivor.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
  expect(await survivor.sql("select 1 from attempts where outcome = 'running'")).toEqual([]);
}, 90_000);

test("a coordinator is frozen past its lease: another does its work, and what it holds is fenced out when it wakes", async () => {
  await using frozen = await spawnCoordinator(postgres.databaseUrl);
  const release = Promise.withResolvers<void>();
  // Each stream is one line short of its end when its coordinator freezes.
  await using worker = await startFakeWorker(frozen, {
    slots: 2,
    answer: async function* (request, signal) {
      for (const item of request.items) yield documentLine(item, request);
      const gone = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      for (let beats = 0; beats < 600 && !signal.aborted; beats += 1) {
        yield { line: "progress", done: request.items.length, current: null };
        if ((await Promise.race([release.promise.then(() => "release"), gone, Bun.sleep(200)])) === "release") break;
      }
      yield doneLine(request);
    },
  });
  const items = makeItems(24);
  const batchId = await frozen.submit(items);
  await waitUntil(() => worker.running === 2);
  process.kill(frozen.pid, "SIGSTOP");
  await using scope = new AsyncDisposableStack();
  // However this ends: what is stopped answers nobody, and its worker says good-bye to it.
  scope.defer(() => void process.kill(frozen.pid, "SIGCONT"));
  // Not before: it would share the held worker.
  const survivor = scope.use(await startTestCoordinator(postgres.databaseUrl));
  scope.use(await startFakeWorker(survivor, { slots: 2 }));
  // Frozen within a transaction it is ended by the server first, which takes as long as a lease.
  const ended = await waitUntil(async () => {
    const now = await survivor.status(batchId);
    return now.state === "done" ? now : null;
  }, 60_000);
  expect(ended.extract.succeeded).toBe(24);
  process.kill(frozen.pid, "SIGCONT");
  release.resolve();
  // It is awake and fit when a batch of its own goes through it.
  const next = await frozen.submit(makeItems(4));
  expect((await frozen.ended(next)).extract.succeeded).toBe(4);
  await waitUntil(() => worker.running === 0);
  const tries = await survivor.sql(
    "select count(*)::int as stale from attempts where batch_id = $1 and outcome in ('coordinator_lost', 'fenced')",
    [batchId],
  );
  expect(tries[0].stale).toBeGreaterThanOrEqual(2);
  expect(await survivor.sql("select 1 from items where batch_id = $1 and poison > 0", [batchId])).toEqual([]);
  for (const id of [batchId, next]) {
    expect((await survivor.audit(id)).checks.filter((check) => !check.ok)).toEqual([]);
  }
}, 90_000);

test("a coordinator that is told to stop leaves nothing leased behind", async () => {
  await using stopping = await spawnCoordinator(postgres.databaseUrl, { SLUICE_DRAIN_SECONDS: "1" });
  await using worker = await startFakeWorker(stopping, {
    slots: 2,
    answer: async function* (_, signal) {
      while (!signal.aborted) {
        yield { line: "progress", done: 0, current: null };
        await Bun.sleep(200);
      }
    },
  });
  const batchId = await stopping.submit(makeItems(2));
  await waitUntil(() => worker.running === 2);
  expect(await stopping.terminate()).toBe(0);
  await using next = await startTestCoordinator(postgres.databaseUrl);
  const jobs = await next.sql("select 1 from pgboss.job where state = 'active'");
  expect(jobs).toEqual([]);
  expect((await next.audit(batchId)).balanced).toBe(true);
  await next.json("POST", `/v1/batches/${batchId}/cancel`);
});

test("PostgreSQL is killed in mid-run: the API says so, and the work goes on when it is back", async () => {
  await using coordinator = await startTestCoordinator(postgres.databaseUrl);
  const dead = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(coordinator, { slots: 4, answer: heldUntil(dead.promise, 20) });
  const batchId = await coordinator.submit(makeItems(400));
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded > 0 && worker.running > 0);
  process.kill(postgres.pid, "SIGKILL");
  await postgres.exited;
  dead.resolve();
  const refused = await waitUntil(async () => {
    const response = await coordinator.request("GET", `/v1/batches/${batchId}`);
    return response.ok ? null : response;
  });
  expect(refused.status).toBe(503);
  expect(problemSchema.parse(await refused.json()).code).toBe("DATABASE_UNAVAILABLE");
  expect((await coordinator.request("GET", "/readyz", undefined, null)).status).toBe(503);
  expect((await coordinator.request("GET", "/healthz", undefined, null)).status).toBe(200);
  postgres = await startPostgres({ dataDir: folder, exitWithParent: true, port: postgres.port });
  const status = await waitUntil(async () => {
    const response = await coordinator.request("GET", `/v1/batches/${batchId}`);
    if (!response.ok) return null;
    const now = (await response.json()) as { state: string; extract: Record<string, number> };
    return now.state === "done" ? now : null;
  }, 60_000);
  expect(status.extract["succeeded"]).toBe(400);
  expect((await coordinator.audit(batchId)).checks.filter((check) => !check.ok)).toEqual([]);
}, 120_000);
