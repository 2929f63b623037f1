import { expect, test } from "bun:test";
import { openBatchResponseSchema, problemSchema } from "@sluice/contracts";
import { Client } from "pg";
import { answerAll, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { coordinatorDatabase } from "./support/coordinator-database.ts";
import { spawnCoordinator } from "./support/spawned-coordinator.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, makeItems, SUBMIT, type TestCoordinator, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const post = (
  coordinator: Pick<TestCoordinator, "url">,
  path: string,
  key: string,
  body: unknown = {},
  token: string = ADMIN,
) =>
  fetch(`${coordinator.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
const batches = async (coordinator: Pick<TestCoordinator, "sql">) =>
  (await coordinator.sql("select count(*)::int as rows from batches"))[0].rows as number;
const codeOf = async (response: Response) => problemSchema.parse(await response.json()).code;

test("a request that is sent again gets its answer again, and opens no other batch", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const before = await batches(coordinator);
  const first = await post(coordinator, "/v1/batches", "a-1", { name: "once" });
  expect([first.status, first.headers.get("idempotency-replayed")]).toEqual([201, null]);
  const answer = await first.text();
  // The draft's string has quotes; most clients send none.
  for (const key of ["a-1", '"a-1"']) {
    const again = await post(coordinator, "/v1/batches", key, { name: "once" });
    expect([again.status, again.headers.get("idempotency-replayed"), await again.text()]).toEqual([
      201,
      "true",
      answer,
    ]);
  }
  const other = await post(coordinator, "/v1/batches", "a-1", { name: "twice" });
  expect([other.status, await codeOf(other)]).toEqual([422, "KEY_REUSED"]);
  expect((await post(coordinator, "/v1/batches", "a-1", { name: "twice" }, SUBMIT)).status).toBe(201);
  expect(await batches(coordinator)).toBe(before + 2);
  expect((await post(coordinator, "/v1/batches", "x".repeat(256))).status).toBe(400);
});

test("at once: one is done, the others are told to wait or get its answer", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const before = await batches(coordinator);
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(coordinator, "/v1/batches", "b-1")));
  const ids = new Set<string>();
  for (const answer of answers) {
    if (answer.ok) ids.add(openBatchResponseSchema.parse(await answer.json()).batch.batchId);
    else expect([answer.status, await codeOf(answer)]).toEqual([409, "KEY_IN_USE"]);
  }
  expect(ids.size).toBe(1);
  expect(await batches(coordinator)).toBe(before + 1);
});

test("what was refused may be corrected and sent with the same key; a day later the key is free", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  expect((await post(coordinator, "/v1/batches", "c-1", { name: 7 })).status).toBe(400);
  expect((await post(coordinator, "/v1/batches", "c-1", { name: "seven" })).status).toBe(201);
  await coordinator.sql("update idempotency_keys set created_at = now() - interval '25 hours' where key = 'c-1'");
  expect((await post(coordinator, "/v1/batches", "c-1", { name: "eight" })).status).toBe(201);
});

test("a retry that is sent again retries nothing that has failed since", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator, { answer: answerAll((item) => failedLine(item)) }));
  const batchId = await coordinator.submit(makeItems(3));
  await coordinator.ended(batchId);
  const path = `/v1/batches/${batchId}/retry`;
  expect(await (await post(coordinator, path, "d-1")).json()).toMatchObject({ retried: 3 });
  await coordinator.ended(batchId);
  expect(await (await post(coordinator, path, "d-1")).json()).toMatchObject({ retried: 3 });
  expect((await coordinator.status(batchId)).extract.failed).toBe(3);
  expect((await post(coordinator, `/v1/batches/${batchId}/items/1/retry`, "d-2")).status).toBe(200);
  expect((await coordinator.ended(batchId)).extract.failed).toBe(3);
  const rows = await coordinator.sql("select 1 from retried_failures where batch_id = $1", [batchId]);
  expect(rows.length).toBe(4);
});

/** In the database, and so seen by every coordinator: whoever writes an answer waits before it does. */
const BLOCK = `
  create function wait_for_ever() returns trigger language plpgsql as $$
  begin
    if new.status is not null then perform pg_advisory_xact_lock(77); end if;
    return new;
  end $$;
  create trigger wait_for_ever before update on idempotency_keys for each row execute function wait_for_ever()`;

test("a coordinator that is killed between the work and its answer: the next one gives the same batch", async () => {
  await using database = await coordinatorDatabase();
  await using second = await spawnCoordinator(database.databaseUrl);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(second));
  let batchId = "";
  {
    await using first = await spawnCoordinator(database.databaseUrl);
    await second.sql(BLOCK);
    await second.sql("select pg_advisory_lock(77)");
    const lost = post(first, "/v1/batches", "e-1", { name: "kept" }).catch(() => null);
    const [row] = await waitUntil(async () => {
      const rows = await second.sql("select id from batches where name = 'kept'");
      return rows.length > 0 ? rows : null;
    });
    batchId = row.id;
    // Its holder lives, and has done the work: whoever asks elsewhere gets the batch, not another one.
    first.kill();
    await lost;
  }
  const waiting =
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'update idempotency_keys set st%'";
  await second.sql(waiting);
  await second.sql("drop trigger wait_for_ever on idempotency_keys");
  const again = await waitUntil(async () => {
    const answer = await post(second, "/v1/batches", "e-1", { name: "kept" });
    return answer.ok ? answer : null;
  });
  expect(openBatchResponseSchema.parse(await again.json()).batch.batchId).toBe(batchId);
  expect(await batches(second)).toBe(1);
}, 60_000);

test("a coordinator that is killed before the work: the key is in use until that is known, then the work is done", async () => {
  await using database = await coordinatorDatabase();
  await using second = await spawnCoordinator(database.databaseUrl);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(second));
  const holder = new Client(database.databaseUrl);
  await holder.connect();
  scope.defer(() => holder.end());
  {
    await using first = await spawnCoordinator(database.databaseUrl);
    await waitUntil(async () => (await second.sql("select 1 from coordinators")).length === 2);
    await second.sql(`create function wait_for_ever() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock(78); return new; end $$;
      create trigger wait_for_ever before insert on batches for each row execute function wait_for_ever()`);
    // On a connection that no pool closes when it has been idle for a while.
    await holder.query("select pg_advisory_lock(78)");
    const lost = post(first, "/v1/batches", "f-1").catch(() => null);
    await waitUntil(async () => (await second.sql("select 1 from idempotency_keys")).length === 1);
    const early = await post(second, "/v1/batches", "f-1");
    expect([early.status, await codeOf(early)]).toEqual([409, "KEY_IN_USE"]);
    first.kill();
    await lost;
  }
  await second.sql("select pg_terminate_backend(pid) from pg_stat_activity where query like 'insert into batches%'");
  await second.sql("drop trigger wait_for_ever on batches");
  await waitUntil(async () => (await post(second, "/v1/batches", "f-1")).ok);
  expect(await batches(second)).toBe(1);
}, 60_000);
