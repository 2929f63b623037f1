/** No more of a batch is in work at a time than it says, over all coordinators and workers, and nobody waits behind it. */
import { expect, test } from "bun:test";
import { answerAll, type FakeWorkerOptions, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

/** Workers that take a moment for each shard, and how many of a batch they had in hand at a time at most. */
function watched() {
  const running = new Map<string, number>();
  const most = new Map<string, number>();
  const gate = Promise.withResolvers<void>();
  const options: FakeWorkerOptions = {
    slots: 3,
    answer: async function* (request, signal) {
      const { batchId } = request;
      const now = (running.get(batchId) ?? 0) + 1;
      running.set(batchId, now);
      most.set(batchId, Math.max(now, most.get(batchId) ?? 0));
      try {
        yield { line: "progress", done: 0, current: null };
        await Promise.race([gate.promise, new Promise((resolve) => signal.addEventListener("abort", resolve))]);
        await Bun.sleep(20);
        yield* answerAll()(request, signal);
      } finally {
        running.set(batchId, (running.get(batchId) ?? 1) - 1);
      }
    },
  };
  return { options, running, most, release: () => gate.resolve() };
}

const expectBalanced = async (coordinator: TestCoordinator, batchId: string) =>
  expect((await coordinator.audit(batchId)).checks.filter((check) => !check.ok)).toEqual([]);

test("two coordinators and six slots: two at a time, others pass by, and all of it ends", async () => {
  const { coordinator } = cluster;
  await using other = await startTestCoordinator(cluster.databaseUrl);
  const { options, running, most, release } = watched();
  await using _first = await startFakeWorker(coordinator, options);
  await using _second = await startFakeWorker(other, options);
  const bounded = await coordinator.submit(makeItems(60), { maxConcurrent: 2, commitDocuments: 2 });
  await waitUntil(() => running.get(bounded) === 2);
  // Four slots are free, and go to whoever comes.
  const free = await other.submit(makeItems(60), { commitDocuments: 2 });
  await waitUntil(() => (running.get(free) ?? 0) >= 3);
  expect(running.get(bounded)).toBe(2);
  await expectBalanced(coordinator, bounded);
  release();
  expect((await coordinator.ended(bounded)).extract).toMatchObject({ pending: 0, failed: 0 });
  await coordinator.ended(free);
  expect(most.get(bounded)).toBe(2);
  expect(most.get(free)).toBeGreaterThan(2);
  await expectBalanced(coordinator, bounded);
});

test("paused, moved before others and resumed, it keeps its bound", async () => {
  const { coordinator } = cluster;
  const { options, running, most, release } = watched();
  await using _worker = await startFakeWorker(coordinator, options);
  const batchId = await coordinator.submit(makeItems(30), { maxConcurrent: 1, commitDocuments: 1, deduplicate: false });
  await waitUntil(() => running.get(batchId) === 1);
  await coordinator.json("PATCH", `/v1/batches/${batchId}`, { priority: "interactive" });
  await coordinator.json("POST", `/v1/batches/${batchId}/pause`, {});
  release();
  await waitUntil(() => running.get(batchId) === 0);
  await coordinator.json("POST", `/v1/batches/${batchId}/resume`, {});
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(30);
  expect(most.get(batchId)).toBe(1);
  await expectBalanced(coordinator, batchId);
});

test("what is held of it with nothing in work any more is let go by a sweep", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(6), { maxConcurrent: 1, commitDocuments: 1, deduplicate: false });
  await coordinator.sql(
    "update pgboss.job set start_after = '9999-01-01T00:00:00Z', priority = priority - 1200000000 where data ->> 'batchId' = $1",
    [batchId],
  );
  const { options, most, release } = watched();
  release();
  await using _worker = await startFakeWorker(coordinator, options);
  // A coordinator sweeps when it starts.
  await using _second = await startTestCoordinator(cluster.databaseUrl);
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(6);
  expect(most.get(batchId)).toBe(1);
});
