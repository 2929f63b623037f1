import { expect, test } from "bun:test";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { makeItems, startTestCoordinator, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const SLOTS = 4;

const slowAnswer = answerAll(async (item, request) => {
  await Bun.sleep(10);
  return documentLine(item, request);
});

const attempts = async (coordinator: TestCoordinator): Promise<Map<string, { tried: number; running: number }>> => {
  const rows = await coordinator.sql(
    `select coordinator_id, count(*)::int as tried, (count(*) filter (where outcome = 'running'))::int as running
       from attempts group by 1`,
  );
  return new Map(rows.map((row) => [row.coordinator_id, row]));
};

test("coordinators side by side share the slots: none is asked for twice, and what one leaves goes to the other", async () => {
  await using database = await coordinatorDatabase();
  await using first = await startTestCoordinator(database.databaseUrl);
  await using scope = new AsyncDisposableStack();
  const second = scope.use(await startTestCoordinator(database.databaseUrl));
  const known = () => first.sql("select id from coordinators");
  await waitUntil(async () => (await known()).length === 2);
  await using worker = await startFakeWorker(first, { slots: SLOTS, answer: slowAnswer });
  const batchId = await first.submit(makeItems(2_000));
  await waitUntil(async () => {
    const tried = [...(await attempts(first)).values()].map((row) => row.tried);
    return tried.length === 2 && Math.min(...tried) > 4 && worker.running === SLOTS;
  });
  expect(await first.sql("select detail from attempts where detail ->> 'status' = '429'")).toEqual([]);

  await second.app.stop();
  const [{ id }, ...others] = await known();
  expect(others).toEqual([]);
  await waitUntil(async () => (await attempts(first)).get(id)?.running === SLOTS);
  expect((await first.ended(batchId)).extract.succeeded).toBe(2_000);
  expect((await first.audit(batchId)).balanced).toBe(true);
}, 60_000);

test("a share that its coordinator leaves unused for some seconds is the others'", async () => {
  await using database = await coordinatorDatabase();
  await using coordinator = await startTestCoordinator(database.databaseUrl);
  // One that lives, and reaches no worker.
  await coordinator.sql(
    "insert into coordinators (id, renewed_at) values (gen_random_uuid(), now() + interval '1 hour')",
  );
  await using worker = await startFakeWorker(coordinator, { slots: SLOTS, answer: slowAnswer });
  await waitUntil(async () => (await coordinator.sql("select 1 from coordinators")).length === 2);
  const batchId = await coordinator.submit(makeItems(2_500));
  await waitUntil(() => Promise.resolve(worker.running === SLOTS / 2));
  await waitUntil(() => Promise.resolve(worker.running === SLOTS));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(2_500);
}, 60_000);
