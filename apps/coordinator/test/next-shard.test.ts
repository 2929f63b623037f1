/** The shard that is fetched for a slot before the one on it has ended. */
import { expect, test } from "bun:test";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { at, makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

/** Answers at once, but for the very last document of the first shard, which waits for `gate`. */
function answerBut(gate: Promise<void>) {
  let first: string | null = null;
  return answerAll(async (item, request) => {
    first ??= request.attemptId;
    if (request.attemptId === first && item.ordinal === request.items.at(-1)?.ordinal) await gate;
    return documentLine(item, request);
  });
}

async function outcomes(coordinator: TestCoordinator): Promise<string[]> {
  const rows = await coordinator.sql("select outcome from attempts order by id");
  return rows.map((row) => row.outcome);
}

test("it is recorded before, and sent when the slot is free", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const gate = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(coordinator, { slots: 1, answer: answerBut(gate.promise) });
  const batchId = await coordinator.submit(makeItems(40));
  await waitUntil(async () => (await outcomes(coordinator)).length === 2);
  expect(await outcomes(coordinator)).toEqual(["running", "running"]);
  expect(worker.requests.length).toBe(1);
  gate.resolve();
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(40);
  expect(worker.requests.length).toBeGreaterThan(1);
  expect(new Set(await outcomes(coordinator))).toEqual(new Set(["committed"]));
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});

test("when the slot does not come free after all it is given back, for another slot", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const gate = Promise.withResolvers<void>();
  await using slow = await startFakeWorker(coordinator, { slots: 1, answer: answerBut(gate.promise) });
  const batchId = await coordinator.submit(makeItems(40));
  await waitUntil(async () => (await outcomes(coordinator)).includes("busy"));
  await using other = await startFakeWorker(coordinator, { slots: 1 });
  await waitUntil(() => Promise.resolve(other.requests.length > 0));
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded > 0);
  expect(slow.requests.length).toBe(1);
  gate.resolve();
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(40);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});

test("of a worker that is lost with the one before, it is not to blame", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  const worker = await startFakeWorker(coordinator, { slots: 1, answer: answerBut(new Promise(() => undefined)) });
  const batchId = await coordinator.submit(makeItems(40));
  await waitUntil(async () => (await outcomes(coordinator)).length === 2);
  await worker.kill();
  await waitUntil(async () => !(await outcomes(coordinator)).includes("running"));
  expect(await outcomes(coordinator)).toEqual(["worker_lost", "unreachable"]);
  await using _other = await startFakeWorker(coordinator);
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(40);
  const suspected = await coordinator.sql("select 1 from items where poison > 0");
  expect(suspected.length).toBe(at(worker.requests, 0).items.length);
});
