/** Passwords of encrypted documents: to the worker and nowhere else, and only for as long as their batch needs them. */
import { expect, test } from "bun:test";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

const SECRETS = ["q5-harbour lamp", "Schlüssel 7"];

const kept = (batchId: string) =>
  cluster.coordinator.sql("select passwords from batch_passwords where batch_id = $1", [batchId]);

/** Every table, the queue's included, that holds a password. */
async function tablesWithSecrets(): Promise<string[]> {
  const { coordinator } = cluster;
  const tables = await coordinator.sql(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'pgboss')`,
  );
  const holding: string[] = [];
  for (const { name } of tables) {
    const [row] = await coordinator.sql(
      `select count(*)::int as rows from ${name} t where t::text ~ '(harbour lamp|Schlüssel)'`,
    );
    if (row.rows > 0) holding.push(name);
  }
  return holding;
}

/** Whatever the API tells of a batch. */
async function answersAbout(batchId: string): Promise<string> {
  const paths = ["", "/options", "/summary", "/results", "/failures", "/audit"].map(
    (part) => `/v1/batches/${batchId}${part}`,
  );
  const answers = await Promise.all(
    [...paths, "/v1/batches", "/v1/workers"].map(async (path) =>
      (await cluster.coordinator.request("GET", path)).text(),
    ),
  );
  return answers.join("\n");
}

test("they reach the worker and no answer, are stored apart, and are gone when the batch is done", async () => {
  const { coordinator } = cluster;
  const hold = Promise.withResolvers<void>();
  await using worker = await startFakeWorker(coordinator, {
    answer: async function* (request) {
      await hold.promise;
      yield* answerAll((item) => failedLine(item, "WRONG_PASSWORD"))(request, new AbortController().signal);
    },
  });
  const opened = await coordinator.json("POST", "/v1/batches", { passwords: SECRETS });
  const { batchId } = opened.batch;
  expect(JSON.stringify(opened)).not.toContain("harbour");
  await coordinator.append(batchId, makeItems(2));
  await coordinator.seal(batchId, 2);
  await waitUntil(() => worker.running > 0);
  expect(worker.requests[0]?.passwords).toEqual(SECRETS);
  expect(await kept(batchId)).toEqual([{ passwords: SECRETS }]);
  expect(await tablesWithSecrets()).toEqual(["public.batch_passwords"]);
  expect(await answersAbout(batchId)).not.toMatch(/harbour|Schl/);

  hold.resolve();
  expect((await coordinator.ended(batchId)).extract.failed).toBe(2);
  expect(await tablesWithSecrets()).toEqual([]);
  expect(await answersAbout(batchId)).not.toMatch(/harbour|Schl/);
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});

test("they go with a batch that is cancelled, and with one that another takes the place of", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const cancelled = await coordinator.open({}, { passwords: SECRETS });
  expect(await kept(cancelled.batchId)).toHaveLength(1);
  await coordinator.json("POST", `/v1/batches/${cancelled.batchId}/cancel`);
  expect(await kept(cancelled.batchId)).toEqual([]);

  const named = { submissionKey: "passwords", supersede: true };
  const first = await coordinator.open({}, { ...named, passwords: SECRETS });
  const second = await coordinator.open({}, { ...named, passwords: ["another"] });
  expect(await kept(first.batchId)).toEqual([]);
  expect(await kept(second.batchId)).toEqual([{ passwords: ["another"] }]);
  await coordinator.seal(second.batchId, 0);
  expect(await kept(second.batchId)).toEqual([]);
});

test("what failed for want of a password is read again with one, and then known to all under the same hash", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) =>
      request.passwords.includes("right") || item.ordinal > 0
        ? documentLine(item, request)
        : failedLine(item, request.passwords.length === 0 ? "PASSWORD_REQUIRED" : "WRONG_PASSWORD"),
    ),
  });
  const items = makeItems(3);
  const run = async (passwords: string[]) => {
    const { batchId } = await coordinator.open({}, { passwords });
    await coordinator.append(batchId, items);
    await coordinator.seal(batchId, items.length);
    return await coordinator.ended(batchId);
  };
  const without = await run([]);
  expect(without.extract).toMatchObject({ succeeded: 2, failed: 1 });
  const wrong = await run(["wrong"]);
  expect(wrong.extract).toMatchObject({ unchanged: 2, failed: 1 });
  expect(await coordinator.results(wrong.batchId, "?state=failed")).toMatchObject([{ code: "WRONG_PASSWORD" }]);
  const right = await run(["wrong", "right"]);
  expect(right.extract).toMatchObject({ unchanged: 2, succeeded: 1, failed: 0 });
  expect(right.extractHash).toBe(without.extractHash);
  worker.requests.length = 0;
  expect((await run([])).extract.unchanged).toBe(3);
  expect(worker.requests).toEqual([]);
});

test("what is no list of passwords is refused, without being repeated", async () => {
  for (const passwords of [["harbour\nlamp"], [""], Array.from({ length: 101 }, () => "harbour"), "harbour"]) {
    const response = await cluster.coordinator.request("POST", "/v1/batches", { passwords });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("harbour");
  }
});
