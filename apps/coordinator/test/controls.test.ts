import { expect, test } from "bun:test";
import { type BatchStatus, itemDetailSchema, type Problem, problemSchema } from "@sluice/contracts";
import {
  answerAll,
  documentLine,
  doneLine,
  failedLine,
  type FakeWorkerOptions,
  startFakeWorker,
} from "./support/fake-worker.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import {
  at,
  makeItems,
  startTestCoordinator,
  SUBMIT,
  type TestCoordinator,
  waitUntil,
  WORKER,
} from "./support/test-coordinator.ts";

const cluster = useCoordinator();

async function expectBalanced(batchId: string): Promise<void> {
  const audit = await cluster.coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
}

const control = (batchId: string, verb: string, body: object = {}): Promise<BatchStatus> =>
  cluster.coordinator.json("POST", `/v1/batches/${batchId}/${verb}`, body);

async function refusal(
  method: string,
  path: string,
  body: object = {},
  coordinator: TestCoordinator = cluster.coordinator,
): Promise<Problem> {
  const response = await coordinator.request(method, path, body);
  expect(response.ok).toBe(false);
  return problemSchema.parse(await response.json());
}

/** A worker whose shards end when `release` is called; those that come later are answered at once. */
async function gatedWorker(options: FakeWorkerOptions = {}) {
  const gate = Promise.withResolvers<void>();
  const worker = await startFakeWorker(cluster.coordinator, {
    answer: async function* (request, signal) {
      yield { line: "progress", done: 0, current: null };
      const beat = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => beat.resolve());
      await Promise.race([gate.promise, beat.promise]);
      if (!signal.aborted) yield* answerAll()(request, signal);
    },
    ...options,
  });
  return { worker, release: () => gate.resolve() };
}

test("a paused batch ends what is in hand and hands nothing out; resumed, it goes on to its end", async () => {
  const { coordinator } = cluster;
  const { worker, release } = await gatedWorker({ slots: 2 });
  await using scope = new AsyncDisposableStack();
  scope.use(worker);
  const batchId = await coordinator.submit(makeItems(40));
  await waitUntil(() => worker.running === 2);
  const inHand = worker.requests.flatMap((request) => request.items).length;
  expect((await control(batchId, "pause")).pausedAt).not.toBeNull();
  expect((await control(batchId, "pause")).state).toBe("sealed");
  release();
  const paused = await waitUntil(async () => {
    const status = await coordinator.status(batchId);
    return status.extract.succeeded === inHand ? status : null;
  });
  expect(paused.extract.pending).toBe(40 - inHand);
  await expectBalanced(batchId);
  // Work of another batch passes it by, which proves that the loop has looked since.
  const other = await coordinator.submit(makeItems(3));
  await coordinator.ended(other);
  expect((await coordinator.status(batchId)).extract.succeeded).toBe(inHand);
  expect((await control(batchId, "resume")).pausedAt).toBeNull();
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(40);
  await expectBalanced(batchId);
});

test("what comes back to the queue of a paused batch is put aside, and is not lost by a resume at that moment", async () => {
  const { coordinator } = cluster;
  const { worker } = await gatedWorker({ slots: 2 });
  const batchId = await coordinator.submit(makeItems(6));
  await waitUntil(() => worker.running === 2);
  await control(batchId, "pause");
  await worker.kill();
  await using scope = new AsyncDisposableStack();
  const next = scope.use(await startFakeWorker(coordinator));
  await waitUntil(async () => {
    const jobs = await coordinator.sql(
      "select 1 from pgboss.job where data ->> 'batchId' = $1 and state < 'completed' and start_after < '9000-01-01'",
      [batchId],
    );
    return jobs.length === 0;
  });
  expect(next.requests.filter((request) => request.batchId === batchId)).toEqual([]);
  await expectBalanced(batchId);
  await control(batchId, "resume");
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(6);
  await expectBalanced(batchId);
});

test("items handed in while a batch is paused wait too, and a sweep covers what has no job without handing it out", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator);
  const items = makeItems(30);
  const { batchId } = await coordinator.open();
  await control(batchId, "pause");
  await coordinator.append(batchId, items);
  await coordinator.seal(batchId, items.length);
  await coordinator.sql("delete from pgboss.job where data ->> 'batchId' = $1", [batchId]);
  // A coordinator sweeps when it starts.
  await using second = await startTestCoordinator(cluster.databaseUrl);
  await waitUntil(async () => (await second.audit(batchId)).balanced);
  const other = await coordinator.submit(makeItems(2));
  await coordinator.ended(other);
  expect(worker.requests.filter((request) => request.batchId === batchId)).toEqual([]);
  await control(batchId, "resume");
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(30);
  await expectBalanced(batchId);
});

test("a job that is held although its batch is not paused is found by the audit and let go by the sweep", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(4));
  await control(batchId, "pause");
  await coordinator.sql("update batches set paused_at = null where id = $1", [batchId]);
  const audit = await coordinator.audit(batchId);
  expect(audit.checks.find((check) => check.name === "pending_covered")).toMatchObject({ ok: false });
  await using worker = await startFakeWorker(coordinator);
  await using second = await startTestCoordinator(cluster.databaseUrl);
  expect((await second.ended(batchId)).extract.succeeded).toBe(4);
  await expectBalanced(batchId);
  expect(worker.running).toBe(0);
});

test("a pause of a week loses no job: neither retention nor expiry of the queue touches it", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  const batchId = await coordinator.submit(makeItems(12));
  await control(batchId, "pause");
  // The rows are moved into the past instead of waiting: ten weeks, past every default of the library.
  const moved = await coordinator.sql(
    `update pgboss.job set created_on = created_on - interval '70 days', keep_until = keep_until - interval '70 days'
      where data ->> 'batchId' = $1 returning id`,
    [batchId],
  );
  expect(moved.length).toBeGreaterThan(0);
  await coordinator.sql("update pgboss.queue set maintain_on = null, monitor_on = null");
  const mark = await coordinator.sql(
    `insert into pgboss.job (name, state, completed_on, deletion_seconds)
     select queue, 'completed', now() - interval '1 day', 1 from batches where id = $1 returning id`,
    [batchId],
  );
  // Maintenance has passed when a job that was due for deletion is gone.
  await waitUntil(
    async () => (await coordinator.sql("select 1 from pgboss.job where id = $1", [mark[0].id])).length === 0,
    90_000,
  );
  await expectBalanced(batchId);
  await control(batchId, "resume");
  scope.use(await startFakeWorker(coordinator));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(12);
  await expectBalanced(batchId);
}, 120_000);

test("priority decides who goes next, also when it is changed in mid-run", async () => {
  const { coordinator } = cluster;
  const { worker, release } = await gatedWorker({ slots: 1 });
  await using scope = new AsyncDisposableStack();
  scope.use(worker);
  const blocking = await coordinator.submit(makeItems(1));
  await waitUntil(() => worker.running === 1);
  const bulk = await coordinator.submit(makeItems(4), { priority: "bulk" });
  const normal = await coordinator.submit(makeItems(4));
  const changed = await coordinator.json("PATCH", `/v1/batches/${bulk}`, { priority: "interactive" });
  expect(changed.priority).toBe("interactive");
  release();
  for (const batchId of [blocking, bulk, normal]) await coordinator.ended(batchId);
  const order = worker.requests.map((request) => request.batchId).filter((batchId) => batchId !== blocking);
  expect(order.lastIndexOf(bulk)).toBeLessThan(order.indexOf(normal));
  expect((await refusal("PATCH", `/v1/batches/${bulk}`, { priority: "bulk" })).code).toBe("CONFLICT");
});

test("a pause ends with its batch: what is retried later is handed out", async () => {
  const { coordinator } = cluster;
  const gate = Promise.withResolvers<void>();
  let failing = true;
  await using scope = new AsyncDisposableStack();
  const worker = scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll(async (item, request) => {
        await gate.promise;
        return failing ? failedLine(item) : documentLine(item, request);
      }),
    }),
  );
  const batchId = await coordinator.submit(makeItems(1));
  await waitUntil(() => worker.running === 1);
  await control(batchId, "pause");
  gate.resolve();
  expect(await coordinator.ended(batchId)).toMatchObject({ state: "done", pausedAt: null });
  failing = false;
  expect(await coordinator.json("POST", `/v1/batches/${batchId}/retry`, {})).toMatchObject({ retried: 1 });
  expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 1, failed: 0 });
  await expectBalanced(batchId);
});

test("a batch that is cancelled while it is paused is cancelled, and one that has ended takes no controls", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(5));
  await control(batchId, "pause");
  expect(await control(batchId, "cancel")).toMatchObject({ state: "cancelled", pausedAt: null });
  await expectBalanced(batchId);
  for (const verb of ["pause", "resume", "retry"]) {
    expect((await refusal("POST", `/v1/batches/${batchId}/${verb}`)).code).toBe("CONFLICT");
  }
  expect((await refusal("POST", `/v1/batches/${crypto.randomUUID()}/pause`)).code).toBe("NOT_FOUND");
});

test("retry: failed items are read again under new limits, the rest is left, and what was known is kept", async () => {
  const { coordinator } = cluster;
  let healed = false;
  await using scope = new AsyncDisposableStack();
  const worker = scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => {
        if (item.ordinal === 2 && !healed) {
          const evidence = { signal: "SIGKILL", elapsedMs: 60_000, peakRssBytes: 1e8, attempts: 1, stderrTail: "tail" };
          return { ...failedLine(item, "CHILD_TIMEOUT"), page: 7, evidence };
        }
        return item.ordinal === 4 ? failedLine(item, "INVALID_PDF") : documentLine(item, request);
      }),
    }),
  );
  const batchId = await coordinator.submit(makeItems(6));
  expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 4, failed: 2 });
  const before = worker.requests.length;
  healed = true;
  const body = { codes: ["CHILD_TIMEOUT"], documentTimeoutMs: 600_000, documentMemoryMb: 4_096 };
  const answer = await coordinator.json("POST", `/v1/batches/${batchId}/retry`, body, SUBMIT);
  expect(answer).toMatchObject({ retried: 1, batch: { batchId } });
  const ended = await coordinator.ended(batchId);
  expect(ended.extract).toMatchObject({ succeeded: 5, failed: 1, pending: 0 });
  expect(ended.classify).toMatchObject({ classified: 5, none: 1 });
  const again = worker.requests.slice(before);
  expect(again.map((request) => request.items.map((item) => item.ordinal))).toEqual([[2]]);
  expect(again[0]?.extract).toMatchObject({ documentTimeoutMs: 600_000, documentMemoryMb: 4_096 });
  await expectBalanced(batchId);

  const detail = itemDetailSchema.parse(await coordinator.json("GET", `/v1/batches/${batchId}/items/2`));
  expect(detail).toMatchObject({ state: "succeeded", code: null, attempts: 2 });
  expect(detail.earlier).toMatchObject([{ code: "CHILD_TIMEOUT", page: 7, evidence: { signal: "SIGKILL" } }]);
  expect(detail.settings.extract.documentTimeoutMs).toBe(600_000);
  expect(detail.history.map((attempt) => attempt.outcome)).toEqual(["committed", "committed"]);

  // The other one fails again: how it failed before stands beside it.
  expect(await coordinator.json("POST", `/v1/batches/${batchId}/retry`, {})).toMatchObject({ retried: 1 });
  expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 5, failed: 1 });
  const failures = await coordinator.request("GET", `/v1/batches/${batchId}/failures`);
  expect(JSON.parse(await failures.text())).toMatchObject({
    ordinal: 4,
    attempts: 2,
    earlier: [{ code: "INVALID_PDF" }],
  });
  await expectBalanced(batchId);
  expect((await coordinator.request("GET", `/v1/batches/${batchId}/items/99`)).status).toBe(404);
  expect((await refusal("POST", `/v1/batches/${batchId}/retry`, { codes: ["NO_SUCH_CODE"] })).code).toBe("BAD_REQUEST");
});

test("nothing to retry changes nothing, and a retry of a running or paused batch joins what is pending", async () => {
  const { coordinator } = cluster;
  let failing = true;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => (failing ? failedLine(item) : documentLine(item, request))),
    }),
  );
  const items = makeItems(3);
  const { batchId } = await coordinator.open();
  await coordinator.append(batchId, items);
  await waitUntil(async () => (await coordinator.status(batchId)).extract.failed === 3);
  failing = false;
  await control(batchId, "pause");
  expect(await coordinator.json("POST", `/v1/batches/${batchId}/retry`, { ordinals: [0, 2] })).toMatchObject({
    retried: 2,
    batch: { state: "open", extract: { pending: 2, failed: 1 } },
  });
  await expectBalanced(batchId);
  await control(batchId, "resume");
  await coordinator.seal(batchId, items.length);
  expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 2, failed: 1 });
  const done = await coordinator.status(batchId);
  const nothing = await coordinator.json("POST", `/v1/batches/${batchId}/retry`, { codes: ["CHILD_OOM"] });
  expect(nothing).toEqual({ retried: 0, batch: done });
});

test("a batch whose build nobody runs any more is continued by another, and nothing is read under two hashes", async () => {
  // Where no worker of another test is still registered.
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const classifiers = ["rules@1"];
  const old = await startFakeWorker(coordinator, {
    engineVersion: "old-1",
    classifiers,
    slots: 1,
    answer: heldFrom(4),
  });
  const { batchId, engineVersion } = await coordinator.open({}, { submissionKey: "key" });
  expect(engineVersion).toBe("old-1");
  // Two chunks, so that there are two shards at least.
  const items = makeItems(10);
  await coordinator.append(batchId, items.slice(0, 4));
  await coordinator.append(batchId, items.slice(4));
  expect((await refusal("POST", `/v1/batches/${batchId}/continue`, {}, coordinator)).code).toBe("CONFLICT");
  await coordinator.seal(batchId, 10);
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded > 0 && old.running > 0);
  await old[Symbol.asyncDispose]();
  expect((await refusal("POST", `/v1/batches/${batchId}/continue`, {}, coordinator)).code).toBe("NO_WORKERS");
  await using scope = new AsyncDisposableStack();
  const fresh = scope.use(await startFakeWorker(coordinator, { engineVersion: "new-2", classifiers }));
  const answer = await coordinator.json("POST", `/v1/batches/${batchId}/continue`);
  const ended = await coordinator.status(batchId);
  expect(ended).toMatchObject({ state: "cancelled", continuedBy: answer.batch.batchId });
  expect(answer).toMatchObject({ continues: batchId, moved: 10 - ended.extract.succeeded });
  const told = await coordinator.sql(
    "select type, detail from batch_events where batch_id = $1 and type <> 'batch.opened' order by entry",
    [batchId],
  );
  expect(told).toMatchObject([
    { type: "batch.sealed" },
    { type: "batch.continued", detail: { continuedBy: answer.batch.batchId, moved: answer.moved } },
    { type: "batch.cancelled" },
  ]);
  const heir = await coordinator.ended(answer.batch.batchId);
  expect(heir).toMatchObject({ engineVersion: "new-2", state: "done", items: answer.moved });
  expect(heir.extract.succeeded).toBe(answer.moved);
  expect(heir.extractHash).not.toBe(ended.extractHash);
  expect(fresh.requests.every((request) => request.engineVersion === "new-2")).toBe(true);
  const uris = [
    ...(await coordinator.results(batchId, "?state=succeeded")),
    ...(await coordinator.results(heir.batchId)),
  ];
  expect(new Set(uris.map((row) => row.uri)).size).toBe(10);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
  expect((await coordinator.audit(heir.batchId)).balanced).toBe(true);
  expect((await refusal("POST", `/v1/batches/${batchId}/continue`, {}, coordinator)).code).toBe("CONFLICT");
});

/** Answers shards that begin before an ordinal, and holds the others. */
function heldFrom(ordinal: number): NonNullable<FakeWorkerOptions["answer"]> {
  return async function* (request, signal) {
    yield { line: "progress", done: 0, current: null };
    if (at(request.items, 0).ordinal >= ordinal) {
      while (!signal.aborted) {
        await Bun.sleep(200);
        yield { line: "progress", done: 0, current: null };
      }
    }
    for (const item of request.items) yield documentLine(item, request);
    yield doneLine(request);
  };
}

test("a worker that is to be drained gets nothing more, hears of it, and its shards end", async () => {
  const { coordinator } = cluster;
  const { worker, release } = await gatedWorker({ slots: 2 });
  await using scope = new AsyncDisposableStack();
  scope.use(worker);
  const batchId = await coordinator.submit(makeItems(20));
  await waitUntil(() => worker.running === 2);
  const asked = await coordinator.request("POST", `/v1/workers/${worker.id}/drain`, {});
  expect(asked.status).toBe(204);
  expect(await (await worker.register()).json()).toMatchObject({ drain: true });
  const sent = worker.requests.length;
  const other = scope.use(await startFakeWorker(coordinator));
  release();
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(20);
  expect(worker.requests).toHaveLength(sent);
  expect(other.requests.length).toBeGreaterThan(0);
  const outcomes = await coordinator.sql(
    // The worker of an earlier test may be asked first, for as long as its registration lasts; it reads nothing.
    "select distinct outcome from attempts where batch_id = $1 and outcome <> 'unreachable'",
    [batchId],
  );
  expect(outcomes).toEqual([{ outcome: "committed" }]);
  const { workers } = await coordinator.json("GET", "/v1/workers");
  expect(workers.find((row: { workerId: string }) => row.workerId === worker.id)).toMatchObject({ draining: true });
  expect((await coordinator.request("POST", `/v1/workers/${worker.id}/drain`, {}, WORKER)).status).toBe(403);
  expect((await coordinator.request("POST", `/v1/workers/${crypto.randomUUID()}/drain`, {})).status).toBe(404);
  expect(at(worker.requests, 0).engineVersion).toBe("test-1");
});
