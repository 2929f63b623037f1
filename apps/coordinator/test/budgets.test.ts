/** Who pays for a try that failed: the document only when it is to blame. */
import { expect, test } from "bun:test";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, type FakeWorker, startFakeWorker } from "./support/fake-worker.ts";
import {
  at,
  makeItems,
  startTestCoordinator,
  type TestCoordinator,
  waitUntil,
  WORKER,
} from "./support/test-coordinator.ts";

async function withCoordinator(
  run: (coordinator: TestCoordinator, databaseUrl: string) => Promise<void>,
): Promise<void> {
  // Its own database: what other tests lose counts in the judgement of a fleet.
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  await run(coordinator, database.databaseUrl);
}

async function outcomesOf(coordinator: TestCoordinator, batchId: string): Promise<Record<string, number>> {
  const rows = await coordinator.sql(
    "select outcome, count(*)::int as attempts from attempts where batch_id = $1 group by outcome",
    [batchId],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.attempts]));
}

/** A worker that holds each shard until it is killed. */
async function heldWorker(coordinator: TestCoordinator): Promise<FakeWorker> {
  return await startFakeWorker(coordinator, {
    slots: 1,
    answer: async function* (request, signal) {
      yield { line: "progress", done: 0, current: { ordinal: at(request.items, 0).ordinal, sinceMs: 0, pid: 1 } };
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  });
}

const losses = async (coordinator: TestCoordinator, batchId: string) =>
  (await outcomesOf(coordinator, batchId))["worker_lost"] ?? 0;

test(
  "workers that said they were leaving before they went cost a document nothing, however many",
  () =>
    withCoordinator(async (coordinator) => {
      let worker = await heldWorker(coordinator);
      const batchId = await coordinator.submit(makeItems(1));
      for (let deploys = 1; deploys <= 5; deploys += 1) {
        await waitUntil(() => worker.running === 1);
        await coordinator.request("DELETE", `/v1/workers/${worker.id}`, undefined, WORKER);
        await worker.kill();
        await waitUntil(async () => (await losses(coordinator, batchId)) === deploys);
        worker = deploys === 5 ? await startFakeWorker(coordinator) : await heldWorker(coordinator);
      }
      const status = await coordinator.ended(batchId);
      await worker[Symbol.asyncDispose]();
      expect(status.extract).toMatchObject({ succeeded: 1, failed: 0 });
      expect(await outcomesOf(coordinator, batchId)).toMatchObject({ worker_lost: 5, committed: 1 });
      expect((await coordinator.audit(batchId)).balanced).toBe(true);
    }),
  60_000,
);

test(
  "a fleet that is dying is not the fault of what it reads",
  () =>
    withCoordinator(async (coordinator) => {
      const three = () => Promise.all([1, 2, 3].map(() => heldWorker(coordinator)));
      let workers = await three();
      const batches = await Promise.all([coordinator.submit(makeItems(1)), coordinator.submit(makeItems(1))]);
      for (let deaths = 1; deaths <= 4; deaths += 1) {
        // The third worker reads something else each time, which nothing that is read again and again can explain.
        const bystander = await coordinator.submit(makeItems(1));
        await waitUntil(() => workers.every((worker) => worker.running === 1));
        await Promise.all(workers.map((worker) => worker.kill()));
        await waitUntil(async () => {
          const lost = await Promise.all(batches.map((batchId) => losses(coordinator, batchId)));
          return lost.every((count) => count === deaths) && (await losses(coordinator, bystander)) === 1;
        });
        await coordinator.json("POST", `/v1/batches/${bystander}/cancel`);
        if (deaths < 4) workers = await three();
      }
      const worker = await startFakeWorker(coordinator);
      for (const batchId of batches) expect((await coordinator.ended(batchId)).extract.succeeded).toBe(1);
      await worker[Symbol.asyncDispose]();
    }),
  60_000,
);

test(
  "two documents that kill their workers at the same time do not hide behind each other",
  () =>
    withCoordinator(async (coordinator) => {
      const two = () => Promise.all([1, 2].map(() => heldWorker(coordinator)));
      let workers = await two();
      const batches = await Promise.all([coordinator.submit(makeItems(1)), coordinator.submit(makeItems(1))]);
      for (let deaths = 1; deaths <= 3; deaths += 1) {
        await waitUntil(() => workers.every((worker) => worker.running === 1));
        await Promise.all(workers.map((worker) => worker.kill()));
        await waitUntil(async () => {
          const lost = await Promise.all(batches.map((batchId) => losses(coordinator, batchId)));
          return lost.every((count) => count === deaths);
        });
        if (deaths < 3) workers = await two();
      }
      for (const batchId of batches) {
        expect((await coordinator.ended(batchId)).extract.failed).toBe(1);
        expect((await coordinator.results(batchId))[0]).toMatchObject({ code: "WORKER_KILLED" });
      }
    }),
  60_000,
);

test(
  "a shard that takes longer than its lease is read once, as long as it makes progress",
  () =>
    withCoordinator(async (coordinator, databaseUrl) => {
      // Another one stands by, and ends every lease that has run out.
      await using standby = await startTestCoordinator(databaseUrl);
      await using worker = await startFakeWorker(coordinator, {
        slots: 2,
        answer: async function* (request) {
          const { ordinal } = at(request.items, 0);
          for (let seconds = 0; seconds < 14; seconds += 1) {
            yield { line: "progress", done: 0, current: { ordinal, sinceMs: seconds * 1_000, pid: 1 } };
            await Bun.sleep(1_000);
          }
          yield* answerAll()(request, new AbortController().signal);
        },
      });
      const batchId = await coordinator.submit(makeItems(1));
      const status = await waitUntil(async () => {
        const now = await standby.status(batchId);
        return now.state === "done" ? now : null;
      }, 40_000);
      expect(status.extract.succeeded).toBe(1);
      expect(await outcomesOf(coordinator, batchId)).toEqual({ committed: 1 });
      expect(worker.requests).toHaveLength(1);
    }),
  60_000,
);
