import { expect, test } from "bun:test";
import { queueListSchema } from "@sluice/contracts";
import { answerAll, startFakeWorker, TEST_ENGINE } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

test("each queue with its build, what waits, and which worker has what in hand", async () => {
  const { coordinator } = cluster;
  const go = Promise.withResolvers<void>();
  await using scope = new AsyncDisposableStack();
  const worker = scope.use(
    await startFakeWorker(coordinator, {
      slots: 1,
      answer: async function* (request, signal) {
        yield { line: "progress", done: 0, current: null };
        await go.promise;
        yield* answerAll()(request, signal);
      },
    }),
  );
  const batchId = await coordinator.submit(makeItems(600));
  const list = async () => queueListSchema.parse(await coordinator.json("GET", "/v1/queues")).queues;
  const row = await waitUntil(async () => {
    const [queue] = await list();
    return queue !== undefined && queue.queued > 0 && queue.active > 0 && queue.workers[0]?.running[0] ? queue : null;
  });
  expect(row).toMatchObject({ stage: "extract", engineVersion: TEST_ENGINE, classifierVersion: "rules-1", slots: 1 });
  expect(row.oldestSeconds).toBeGreaterThan(0);
  expect(row.workers).toMatchObject([
    { workerId: worker.id, address: worker.address, live: true, slots: 1, running: [{ batchId }] },
  ]);
  expect(Date.parse(row.workers[0]?.running[0]?.since ?? "")).toBeGreaterThan(Date.now() - 60_000);
  go.resolve();
  await coordinator.ended(batchId);
  const after = await waitUntil(async () => {
    const [queue] = await list();
    return queue?.active === 0 ? queue : null;
  });
  expect(after).toMatchObject({ queued: 0, oldestSeconds: 0, workers: [{ running: [] }] });
});
