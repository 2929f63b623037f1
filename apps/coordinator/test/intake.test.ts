import { expect, test } from "bun:test";
import { batchOptionsSchema, openBatchResponseSchema, problemSchema } from "@sluice/contracts";
import { answerAll, documentLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { at, makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const ndjson = (items: readonly object[]) => items.map((item) => JSON.stringify(item)).join("\n");

async function problem(response: Response) {
  return problemSchema.parse(await response.json());
}

test("without any worker ever seen a batch has no engine version: NO_WORKERS", async () => {
  const response = await cluster.coordinator.request("POST", "/v1/batches", {});
  expect(response.status).toBe(503);
  expect((await problem(response)).code).toBe("NO_WORKERS");
});

test("items become documents, pages and labels, each once, and the audit balances", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const batchId = await coordinator.submit(makeItems(100));
  const status = await coordinator.ended(batchId);
  expect(status).toMatchObject({ state: "done", items: 100, pages: 200, engineVersion: "test-1" });
  expect(status.bytes).toBe(100 * 1_000 + (99 * 100) / 2);
  expect(status.extract.succeeded).toBe(100);
  expect(status.classify.classified).toBe(100);
  const audit = await coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
  expect(audit.checks.length).toBeGreaterThanOrEqual(12);
  const pages = await coordinator.sql(
    "select page_no, verdict, chars, text from pages order by content_hash, page_no limit 2",
  );
  expect(pages[0]).toMatchObject({ page_no: 1, verdict: "text", chars: 5 });
  expect(pages[0].text).toStartWith("first page of ");
});

test("work starts while the batch is open", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  const { batchId } = await coordinator.open();
  await coordinator.append(batchId, makeItems(3));
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded === 3);
  expect((await coordinator.status(batchId)).state).toBe("open");
  expect((await coordinator.seal(batchId, 3)).state).toBe("done");
});

test("a chunk that is sent again, or that overlaps, changes nothing and says where to go on", async () => {
  const { coordinator } = cluster;
  const items = makeItems(10);
  const { batchId } = await coordinator.open();
  expect(await coordinator.append(batchId, items.slice(0, 6))).toEqual({ accepted: 6, nextOrdinal: 6 });
  expect(await coordinator.append(batchId, items.slice(0, 6))).toEqual({ accepted: 0, nextOrdinal: 6 });
  expect(await coordinator.append(batchId, items.slice(4, 10))).toEqual({ accepted: 4, nextOrdinal: 10 });
  expect((await coordinator.status(batchId)).items).toBe(10);
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("the same chunk by two clients at once is taken once", async () => {
  const { coordinator } = cluster;
  const items = makeItems(50);
  const { batchId } = await coordinator.open();
  const answers = await Promise.all([1, 2, 3, 4].map(() => coordinator.append(batchId, items)));
  expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(50);
  expect((await coordinator.status(batchId)).items).toBe(50);
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("a gap and another source at an ordinal are refused as a whole, with the next ordinal", async () => {
  const { coordinator } = cluster;
  const items = makeItems(10);
  const { batchId } = await coordinator.open();
  await coordinator.append(batchId, items.slice(0, 3));
  const post = (body: readonly object[]) => coordinator.request("POST", `/v1/batches/${batchId}/items`, ndjson(body));
  for (const body of [items.slice(4, 6), [at(items, 3), at(items, 5)], [at(items, 3), at(items, 3)]]) {
    const response = await post(body);
    expect(response.status).toBe(409);
    expect(await problem(response)).toMatchObject({ code: "ORDINAL_CONFLICT", context: { nextOrdinal: 3 } });
  }
  const other = await post([{ ...at(items, 2), uri: "file:///other" }, at(items, 3)]);
  expect(await problem(other)).toMatchObject({ code: "ORDINAL_CONFLICT", context: { nextOrdinal: 3, ordinal: 2 } });
  expect((await coordinator.status(batchId)).items).toBe(3);
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("sealing needs the right count, may be repeated, and ends intake", async () => {
  const { coordinator } = cluster;
  const items = makeItems(2);
  const { batchId } = await coordinator.open();
  await coordinator.append(batchId, items);
  const wrong = await coordinator.request("POST", `/v1/batches/${batchId}/seal`, { items: 3 });
  expect(await problem(wrong)).toMatchObject({ code: "CONFLICT", context: { nextOrdinal: 2 } });
  expect((await coordinator.seal(batchId, 2)).state).toBe("sealed");
  expect((await coordinator.seal(batchId, 2)).state).toBe("sealed");
  const late = await coordinator.request("POST", `/v1/batches/${batchId}/items`, ndjson(makeItems(1)));
  expect((await problem(late)).code).toBe("BATCH_NOT_OPEN");
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("an empty batch is done when it is sealed", async () => {
  const { coordinator } = cluster;
  const { batchId } = await coordinator.open();
  expect(await coordinator.seal(batchId, 0)).toMatchObject({ state: "done", items: 0 });
  expect((await coordinator.audit(batchId)).balanced).toBe(true);
});

test("the options of a batch are those that it was opened with, every default filled in", async () => {
  const { coordinator } = cluster;
  const taxonomy = { name: "mine", categories: [{ id: "a", name: "A", description: "the only one" }] };
  const opened = await coordinator.request("POST", "/v1/batches", { options: { taxonomy, minConfidence: 0.4 } });
  const { batch } = openBatchResponseSchema.parse(await opened.json());
  const answer = await coordinator.request("GET", `/v1/batches/${batch.batchId}/options`);
  expect(await answer.json()).toEqual(batchOptionsSchema.parse({ taxonomy, minConfidence: 0.4 }));
  expect((await coordinator.request("GET", `/v1/batches/${crypto.randomUUID()}/options`)).status).toBe(404);
  await coordinator.request("POST", `/v1/batches/${batch.batchId}/cancel`);
});

test("bad lines, bad options and unknown batches are the caller's fault, by name", async () => {
  const { coordinator } = cluster;
  const { batchId } = await coordinator.open();
  const line = await coordinator.request("POST", `/v1/batches/${batchId}/items`, `${ndjson(makeItems(1))}\nnonsense`);
  expect(await problem(line)).toMatchObject({ code: "BAD_REQUEST", context: { line: 2 } });
  const options = await coordinator.request("POST", "/v1/batches", { options: { documentTimeoutMs: "soon" } });
  expect((await problem(options)).detail).toContain("options.documentTimeoutMs");
  for (const id of [crypto.randomUUID(), "nonsense"]) {
    expect((await problem(await coordinator.request("GET", `/v1/batches/${id}`))).code).toBe("NOT_FOUND");
  }
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});

test("urgent work goes first, whatever waits", async () => {
  const { coordinator } = cluster;
  const bulk = await coordinator.submit(makeItems(200), { priority: "bulk" });
  const urgent = await coordinator.submit(makeItems(2), { priority: "interactive" });
  const order: string[] = [];
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      slots: 1,
      answer: answerAll((item, request) => {
        if (order.at(-1) !== request.batchId) order.push(request.batchId);
        return documentLine(item, request);
      }),
    }),
  );
  await coordinator.ended(bulk);
  expect(order).toEqual([urgent, bulk]);
});

test("a batch waits for workers of its own engine version", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(3));
  await using newer = await startFakeWorker(coordinator, { engineVersion: "test-2" });
  const second = await coordinator.submit(makeItems(3));
  expect((await coordinator.ended(second)).engineVersion).toBe("test-2");
  expect((await coordinator.status(batchId)).extract.pending).toBe(3);
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator));
  expect((await coordinator.ended(batchId)).extract.succeeded).toBe(3);
  expect(newer.requests.every((request) => request.engineVersion === "test-2")).toBe(true);
});
