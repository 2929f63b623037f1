import { expect, test } from "bun:test";
import { itemDetailSchema, itemPageSchema, type ItemPage, problemSchema } from "@sluice/contracts";
import { answerAll, documentLine, failedLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

async function page(batchId: string, query: string): Promise<ItemPage> {
  return itemPageSchema.parse(await cluster.coordinator.json("GET", `/v1/batches/${batchId}/items?${query}`));
}

async function walk(batchId: string, query: string): Promise<number[]> {
  const ordinals: number[] = [];
  for (let after: number | null = -1; after !== null;) {
    const got: ItemPage = await page(batchId, `${query}&after=${after}`);
    ordinals.push(...got.items.map((item) => item.ordinal));
    after = got.next;
  }
  return ordinals;
}

/** Of six items each: one fails with either code, one is a scan without a label, the rest are invoices. */
async function submitMixed(count: number): Promise<string> {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) => {
        if (item.ordinal % 6 === 1) return failedLine(item, "PASSWORD_REQUIRED");
        if (item.ordinal % 6 === 2) return failedLine(item, "INVALID_PDF");
        const scan = { state: "no_text", category: null, confidence: 0, terms: [] };
        return documentLine(item, request, item.ordinal % 6 === 3 ? { needsOcr: true, classification: scan } : {});
      }),
    }),
  );
  const batchId = await coordinator.submit(makeItems(count));
  await coordinator.ended(batchId);
  return batchId;
}

test("items by pages and by every filter, each once", async () => {
  const batchId = await submitMixed(60);
  const where = (kept: (rest: number) => boolean) =>
    Array.from({ length: 60 }, (_, ordinal) => ordinal).filter((ordinal) => kept(ordinal % 6));
  for (const limit of [7, 20, 60, 1_000]) expect(await walk(batchId, `limit=${limit}`)).toEqual(where(() => true));
  const filters: [string, (rest: number) => boolean][] = [
    ["state=failed", (rest) => rest === 1 || rest === 2],
    ["code=INVALID_PDF", (rest) => rest === 2],
    ["state=failed&code=PASSWORD_REQUIRED", (rest) => rest === 1],
    ["classifyState=no_text", (rest) => rest === 3],
    ["category=invoice", (rest) => rest === 0 || rest > 3],
    ["needsOcr=true", (rest) => rest === 3],
    ["needsOcr=false", (rest) => rest !== 3],
    ["category=letter", () => false],
  ];
  for (const [query, kept] of filters) {
    expect([query, await walk(batchId, `${query}&limit=4`)]).toEqual([query, where(kept)]);
  }
  expect(await page(batchId, "after=2147483647")).toEqual({ items: [], next: null });
  const [{ uri } = { uri: "" }] = (await page(batchId, "limit=1&after=41")).items;
  expect(await walk(batchId, `uri=${encodeURIComponent(uri.slice(8))}`)).toEqual([42]);
  expect((await page(batchId, "limit=60")).next).toBeNull();
  const first = (await page(batchId, "limit=1")).items[0];
  expect(first).toMatchObject({
    ordinal: 0,
    category: "invoice",
    pages: 2,
    title: expect.stringContaining("Title of"),
  });
});

test("a rare item among many is found over pages that may be empty", async () => {
  const { coordinator } = cluster;
  // A batch has its build from a worker; nobody is to read it.
  await (await startFakeWorker(coordinator, { engineVersion: "never" })).kill();
  const { batchId } = await coordinator.open();
  const items = makeItems(45_000);
  for (let from = 0; from < items.length; from += 9_000)
    await coordinator.append(batchId, items.slice(from, from + 9_000));
  const rare = items.at(44_990)?.uri ?? "";
  const query = `uri=${encodeURIComponent(rare)}`;
  const first = await page(batchId, query);
  expect(first).toEqual({ items: [], next: 19_999 });
  expect(await walk(batchId, query)).toEqual([44_990]);
  expect((await page(batchId, "after=44989&limit=1000")).items).toHaveLength(10);
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("the text of an item: all pages with form feeds between them, or one; and why there is none", async () => {
  const { coordinator } = cluster;
  const batchId = await submitMixed(6);
  const read = (path: string) => coordinator.request("GET", `/v1/batches/${batchId}/items/${path}`);
  const all = await read("0/text");
  expect(all.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const [first = "", second] = (await all.text()).split("\f");
  expect(first).toStartWith("first page of ");
  expect(second).toBe("2");
  expect(await (await read("0/text?page=1")).text()).toBe(first);
  expect(await (await read("0/text?page=2")).text()).toBe("2");
  const faults = ["0/text?page=3", "1/text", "6/text"];
  for (const path of faults) {
    const answer = await read(path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect(problemSchema.parse(await (await read("1/text")).json()).detail).toContain("failed");
  expect((await read("0/text?page=0")).status).toBe(400);
});

test("a text of many pages, some of them long, comes whole", async () => {
  const { coordinator } = cluster;
  const pages = Array.from({ length: 450 }, (_, index) => `${index} ${"é".repeat(index % 100 === 0 ? 1_500_000 : 10)}`);
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        documentLine(item, request, {
          pageCount: pages.length,
          pages: pages.map((text) => ({ verdict: "text", chars: text.length, text })),
        }),
      ),
    }),
  );
  const batchId = await coordinator.submit(makeItems(1));
  await coordinator.ended(batchId);
  const answer = await coordinator.request("GET", `/v1/batches/${batchId}/items/0/text`);
  expect(Bun.hash(await answer.text())).toBe(Bun.hash(pages.join("\f")));
});

test("an item that failed is tried again, alone; one that has not is refused", async () => {
  const { coordinator } = cluster;
  const batchId = await submitMixed(6);
  const retry = (ordinal: number) => coordinator.request("POST", `/v1/batches/${batchId}/items/${ordinal}/retry`, {});
  const answer = itemDetailSchema.parse(await (await retry(1)).json());
  expect(answer).toMatchObject({ ordinal: 1, state: "pending", code: null, earlier: [{ code: "PASSWORD_REQUIRED" }] });
  expect((await coordinator.status(batchId)).extract).toMatchObject({ pending: 1, failed: 1 });
  expect([(await retry(0)).status, (await retry(1)).status, (await retry(77)).status]).toEqual([409, 409, 404]);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  expect((await coordinator.ended(batchId)).extract).toMatchObject({ succeeded: 5, failed: 1 });
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});
