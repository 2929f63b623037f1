import { expect, test } from "bun:test";
import { batchListSchema, problemSchema } from "@sluice/contracts";
import { startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";

const cluster = useCoordinator();

async function page(query: string) {
  return batchListSchema.parse(await cluster.coordinator.json("GET", `/v1/batches?${query}`));
}

/** The names of all pages, and how many pages there were. */
async function walk(query: string): Promise<{ names: (string | null)[]; pages: number }> {
  const names: (string | null)[] = [];
  let pages = 0;
  for (let next: string | null = ""; next !== null;) {
    const got: Awaited<ReturnType<typeof page>> = await page(`${query}${next === "" ? "" : `&cursor=${next}`}`);
    names.push(...got.batches.map((batch) => batch.name));
    next = got.next;
    pages += 1;
  }
  return { names, pages };
}

test("batches by pages, the newest first, each once, though many began in one moment", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  for (let number = 0; number < 12; number += 1) {
    const { batchId } = await coordinator.open(
      {},
      { name: `Run ${number} of ${number % 2 === 0 ? "Letters" : "bills"}` },
    );
    if (number % 3 === 0) await coordinator.seal(batchId, 0);
  }
  // The order of the ids is that of their making; the times tell nothing apart.
  await coordinator.sql("update batches set created_at = '2026-03-01T10:00:00.000123Z'");
  const expected = Array.from({ length: 12 }, (_, index) => 11 - index);
  const numbers = (names: readonly (string | null)[]) => names.map((name) => Number(name?.split(" ")[1]));
  for (const limit of [1, 5, 6, 12, 100]) {
    const { names, pages } = await walk(`limit=${limit}`);
    expect(numbers(names)).toEqual(expected);
    expect(pages).toBe(Math.ceil(12 / limit));
  }
  expect(numbers((await walk("limit=2&state=done")).names)).toEqual([9, 6, 3, 0]);
  expect(numbers((await walk("limit=2&name=LETTERS")).names)).toEqual([10, 8, 6, 4, 2, 0]);
  // What is a wildcard elsewhere is a letter here.
  expect((await walk("name=%25")).names).toEqual([]);
});

test("batches by the time of their creation", async () => {
  const { coordinator } = cluster;
  await coordinator.sql("update batches set created_at = '2026-03-01T10:00:00Z' where name like 'Run 1 %'");
  await coordinator.sql("update batches set created_at = '2026-03-02T10:00:00Z' where name like 'Run 2 %'");
  await coordinator.sql("update batches set created_at = '2026-03-03T10:00:00Z' where name like 'Run 3 %'");
  const names = async (query: string) => (await page(query)).batches.map((batch) => batch.name?.slice(0, 5));
  expect(await names("createdAfter=2026-03-02T00:00:00Z")).toEqual(["Run 3", "Run 2"]);
  expect(await names("createdAfter=2026-03-02T00:00:00Z&createdBefore=2026-03-03T11:00:00%2B02:00")).toEqual(["Run 2"]);
  expect(await names("createdBefore=2026-03-01T10:00:00Z&name=run%201%20")).toEqual([]);
});

test("a cursor or a filter that is none is the caller's fault", async () => {
  const { coordinator } = cluster;
  for (const query of [
    "cursor=7",
    "cursor=1~x",
    `cursor=99999999999999999~${crypto.randomUUID()}`,
    "createdAfter=May",
    "limit=0",
  ]) {
    const answer = await coordinator.request("GET", `/v1/batches?${query}`);
    expect([query, answer.status]).toEqual([query, 400]);
    expect(problemSchema.parse(await answer.json()).code).toBe("BAD_REQUEST");
  }
});
