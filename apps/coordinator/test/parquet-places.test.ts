import { afterAll, beforeAll, expect, test } from "bun:test";
import { SQL } from "bun";
import { awkwardAnswer, submitAwkward } from "./support/exported-batch.ts";
import { type FakeWorker, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { ADMIN, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator({ SLUICE_PARQUET_EXPORTS: "1" });
let worker: FakeWorker;
let batchId: string;

beforeAll(async () => {
  worker = await startFakeWorker(cluster.coordinator, { answer: awkwardAnswer });
  batchId = await submitAwkward(cluster.coordinator);
}, 60_000);
afterAll(() => worker[Symbol.asyncDispose]());

const url = (path: string) => `${cluster.coordinator.url}/v1/batches/${batchId}/${path}`;
const ask = (path: string, options: RequestInit = {}) =>
  fetch(url(path), { ...options, headers: { authorization: `Bearer ${ADMIN}` } });

/** While `during` runs nobody reads a page: an export of pages that has begun is under way for as long. */
async function withPagesLocked(during: () => Promise<void>): Promise<void> {
  await using sql = new SQL(cluster.databaseUrl, { max: 1 });
  await sql.begin(async (lock) => {
    await lock`lock table pages in access exclusive mode`;
    await during();
  });
}

/** The export that has begun has come to the pages. */
async function someoneWaits(): Promise<boolean> {
  const rows = await cluster.coordinator.sql(
    "select 1 from pg_locks where relation = 'pages'::regclass and not granted",
  );
  return rows.length > 0;
}

test("past as many Parquet exports as a coordinator may write it answers 429, and other formats all the same", async () => {
  let first: Promise<Response> | undefined;
  await withPagesLocked(async () => {
    // Its headers travel with its first bytes.
    first = ask("pages?format=parquet");
    await waitUntil(someoneWaits);
    const refused = await ask("results?format=parquet");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "EXPORTS_BUSY", context: { parquetExports: 1 } });
    const pages = await ask("pages?format=parquet");
    expect([pages.status, await pages.json()]).toMatchObject([429, { code: "EXPORTS_BUSY" }]);
    const rows = await ask("results?format=csv");
    expect([rows.status, (await rows.text()).length > 0]).toEqual([200, true]);
  });
  const whole = await first;
  expect([whole?.status, ((await whole?.bytes())?.length ?? 0) > 0]).toEqual([200, true]);
  const second = await ask("results?format=parquet");
  expect([second.status, (await second.bytes()).length > 0]).toEqual([200, true]);
});

test("who only asks for the headers, and a reader who leaves, hold no place", async () => {
  await withPagesLocked(async () => {
    for (let time = 0; time < 3; time += 1) {
      expect((await ask("results?format=parquet", { method: "HEAD" })).status).toBe(200);
    }
    const leaving = new AbortController();
    const left = ask("pages?format=parquet", { signal: leaving.signal }).catch(() => null);
    await waitUntil(someoneWaits);
    expect((await ask("results?format=parquet")).status).toBe(429);
    leaving.abort();
    expect(await left).toBeNull();
    await waitUntil(async () => (await ask("results?format=parquet")).status === 200);
  });
});
