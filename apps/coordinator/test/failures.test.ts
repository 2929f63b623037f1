import { expect, test } from "bun:test";
import { problemSchema } from "@sluice/contracts";
import { answerAll, documentLine, doneLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { at, makeItems, startTestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

async function expectBalanced(batchId: string): Promise<void> {
  const audit = await cluster.coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
}

const outcomes = async (batchId: string): Promise<Record<string, number>> => {
  const rows = await cluster.coordinator.sql(
    "select outcome, count(*)::int as attempts from attempts where batch_id = $1 group by outcome",
    [batchId],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.attempts]));
};

test("a worker dies in mid-stream: another one reads the shard again, nothing of the first is stored", async () => {
  const { coordinator } = cluster;
  const begun = Promise.withResolvers<void>();
  const doomed = await startFakeWorker(coordinator, {
    slots: 1,
    answer: async function* (request) {
      yield documentLine(at(request.items, 0), request);
      begun.resolve();
      await new Promise(() => undefined);
    },
  });
  const batchId = await coordinator.submit(makeItems(6));
  await begun.promise;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  await doomed.kill();
  const status = await coordinator.ended(batchId);
  expect(status.extract.succeeded).toBe(6);
  expect((await outcomes(batchId))["worker_lost"]).toBeGreaterThanOrEqual(1);
  await expectBalanced(batchId);
});

test("a stream that breaks, ends without its done line, or goes silent is a lost worker", async () => {
  const { coordinator } = cluster;
  let tries = 0;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      slots: 1,
      answer: async function* (request, signal) {
        tries += 1;
        yield documentLine(at(request.items, 0), request);
        if (tries === 1) throw new Error("broken");
        if (tries === 2) return;
        if (tries === 3) await new Promise((resolve) => signal.addEventListener("abort", resolve));
        for (const item of request.items.slice(1)) yield documentLine(item, request);
        yield doneLine(request);
      },
    }),
  );
  const batchId = await coordinator.submit(makeItems(1));
  const status = await coordinator.ended(batchId);
  expect(status.extract.succeeded).toBe(1);
  // The worker was seen alive after each loss, so the document was not blamed.
  expect(await outcomes(batchId)).toMatchObject({ worker_lost: 3, committed: 1 });
  const details = await coordinator.sql(
    "select detail ->> 'fault' as fault from attempts where batch_id = $1 and outcome = 'worker_lost' order by id",
    [batchId],
  );
  expect(details[1].fault).toContain("without a done line");
  expect(details[2].fault).toContain("silent for 5000 ms");
  await expectBalanced(batchId);
});

test("a full worker says 429: the shard waits, and no budget is touched", async () => {
  const { coordinator } = cluster;
  let refusals = 0;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator, { refuse: () => (refusals++ < 3 ? 429 : null) }));
  const batchId = await coordinator.submit(makeItems(1));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(1);
  expect(await outcomes(batchId)).toEqual({ busy: 3, committed: 1 });
  expect(await coordinator.sql("select attempts, poison from items where batch_id = $1", [batchId])).toEqual([
    { attempts: 1, poison: 0 },
  ]);
});

test("a worker that refuses, or is not there any more, costs a document nothing", async () => {
  const { coordinator } = cluster;
  const gone = await startFakeWorker(coordinator, { slots: 1 });
  await gone.kill();
  const batchId = await coordinator.submit(makeItems(2));
  await waitUntil(async () => {
    // Its registration would run out before a busy machine has come to send it anything.
    await gone.register();
    return ((await outcomes(batchId))["unreachable"] ?? 0) > 0;
  });
  let refusals = 0;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator, { refuse: () => (refusals++ < 1 ? 503 : null) }));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(2);
  const poison = await coordinator.sql("select max(poison) as poison from items where batch_id = $1", [batchId]);
  expect(poison).toEqual([{ poison: 0 }]);
  await expectBalanced(batchId);
});

test("a document that kills its workers is set apart, tried alone, and fails with evidence; the rest is stored", async () => {
  const { coordinator } = cluster;
  const items = makeItems(8);
  const killer = at(items, 5).ordinal;
  let stop = false;
  let worker = await startKiller();
  const startNext = async () => {
    worker = await startKiller();
  };
  async function startKiller() {
    const self = await startFakeWorker(coordinator, {
      slots: 1,
      answer: async function* (request) {
        for (const item of request.items) {
          yield { line: "progress", done: 0, current: { ordinal: item.ordinal, sinceMs: 0, pid: 1 } };
          if (item.ordinal === killer) {
            // The whole process goes, and its supervisor starts another one.
            void self.kill().then(() => (stop ? undefined : startNext()));
            await new Promise(() => undefined);
          }
          yield documentLine(item, request);
        }
        yield doneLine(request);
      },
    });
    return self;
  }
  const batchId = await coordinator.submit(items);
  const status = await coordinator.ended(batchId);
  stop = true;
  await worker.kill();
  expect(status.extract).toMatchObject({ succeeded: 7, failed: 1 });
  const [failure] = (await (await coordinator.request("GET", `/v1/batches/${batchId}/failures`)).text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(failure).toMatchObject({ ordinal: killer, code: "WORKER_KILLED" });
  expect(failure.evidence.attempts).toBeGreaterThanOrEqual(3);
  expect(failure.advice).not.toBe("");
  await expectBalanced(batchId);
});

test("an answer that makes no sense is refused, and in the end fails only the document it is about", async () => {
  const { coordinator } = cluster;
  const items = makeItems(3);
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      slots: 1,
      answer: async function* (request) {
        for (const item of request.items) {
          if (item.ordinal === 1) yield { line: "item", ordinal: 1, outcome: "extracted", pages: "many" };
          else yield documentLine(item, request);
        }
        yield doneLine(request);
      },
    }),
  );
  const batchId = await coordinator.submit(items);
  const status = await coordinator.ended(batchId);
  expect(status.extract).toMatchObject({ succeeded: 2, failed: 1 });
  const rows = await coordinator.results(batchId);
  expect(rows[1]).toMatchObject({ state: "failed", code: "RESULT_INVALID" });
  await expectBalanced(batchId);
});

test("items no job covers, as after a restored backup, are found by the sweep", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(5));
  // The coordinator sweeps now and then by itself.
  const gaps = await waitUntil(async () => {
    await coordinator.sql("delete from pgboss.job");
    const found = (await coordinator.audit(batchId)).checks.find((check) => check.name === "pending_covered");
    return found?.ok === false ? found.gaps : null;
  });
  expect(gaps).toBe(5);
  // A coordinator sweeps when it starts.
  await using scope = new AsyncDisposableStack();
  scope.use(await startTestCoordinator(cluster.databaseUrl));
  await waitUntil(async () => (await coordinator.audit(batchId)).balanced);
  scope.use(await startFakeWorker(coordinator));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(5);
});

test("two coordinators share the workers and the work", async () => {
  const { coordinator } = cluster;
  await using second = await startTestCoordinator(cluster.databaseUrl);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator, { slots: 2 }));
  scope.use(await startFakeWorker(second, { slots: 2 }));
  const batches = await Promise.all([coordinator.submit(makeItems(300)), second.submit(makeItems(300))]);
  for (const batchId of batches) {
    expect((await coordinator.ended(batchId)).extract.succeeded).toBe(300);
    await expectBalanced(batchId);
  }
});

test("a cluster that is stopped gives its shards back at once", async () => {
  const { coordinator } = cluster;
  const second = await startTestCoordinator(cluster.databaseUrl);
  const release = new AbortController();
  await using worker = await startFakeWorker(coordinator, {
    slots: 4,
    answer: async function* (request, signal) {
      while (!release.signal.aborted && !signal.aborted) {
        yield { line: "progress", done: 0, current: null };
        await Bun.sleep(50);
      }
      yield* answerAll()(request, signal);
    },
  });
  const batchId = await coordinator.submit(makeItems(12));
  await waitUntil(() => worker.running === 4);
  release.abort();
  await second[Symbol.asyncDispose]();
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(12);
  await expectBalanced(batchId);
});

test("the disk of the database is full: the shard waits, nothing is lost, and it is stored when there is room", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  await coordinator.sql(`create function no_space() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  await coordinator.sql("create trigger no_space before insert on pages for each row execute function no_space()");
  await coordinator.sql("create trigger no_space before insert on batches for each row execute function no_space()");
  const refused = await coordinator.request("POST", "/v1/batches", {});
  expect(refused.status).toBe(507);
  expect(problemSchema.parse(await refused.json()).code).toBe("DISK_FULL");
  await coordinator.sql("drop trigger no_space on batches");
  const batchId = await coordinator.submit(makeItems(4));
  // What was read waits for room, and is not read a second time.
  await waitUntil(async () => {
    const ready = await coordinator.request("GET", "/readyz", undefined, null);
    return (await ready.text()).includes("no space left to write to");
  });
  expect((await coordinator.status(batchId)).extract.pending).toBe(4);
  await coordinator.sql("drop trigger no_space on pages");
  await coordinator.sql("drop function no_space");
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(4);
  const { unreachable: _, ...tries } = await outcomes(batchId);
  // The worker of an earlier test may be asked first, for as long as its registration lasts; it reads nothing.
  expect(Object.keys(tries)).toEqual(["committed"]);
  await expectBalanced(batchId);
});
