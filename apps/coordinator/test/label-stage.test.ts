import { expect, test } from "bun:test";
import {
  answerAll,
  contentOf,
  documentLine,
  failedLine,
  type FakeWorkerOptions,
  labelAll,
  labellerOf,
  labelLine,
  llmCall,
  startFakeWorker,
} from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { type Json, makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const LLM = "llm@1/ollama/tiny@abc";

/** A worker with an LLM; each test has a model of its own, so that no test takes another one's work. */
async function startLlmWorker(options: FakeWorkerOptions = {}, classifier = LLM) {
  return await startFakeWorker(cluster.coordinator, {
    labellers: [labellerOf(classifier)],
    label: labelAll(),
    ...options,
  });
}

async function expectBalanced(batchId: string): Promise<void> {
  const audit = await cluster.coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
}

test("text is stored first, labels by an LLM behind it, with their reasons and calls", async () => {
  const { coordinator } = cluster;
  await using worker = await startLlmWorker();
  const status = await coordinator.ended(await coordinator.submit(makeItems(10), { classifier: "llm" }));
  expect(status).toMatchObject({ extract: { succeeded: 10 }, classify: { classified: 10, pending: 0 } });
  // Whoever reads is not asked for labels; whoever judges gets text, and no more documents at a time than it takes.
  expect(worker.requests.every((request) => request.classify === null)).toBe(true);
  expect(worker.labelRequests.every((request) => request.items.length <= 4)).toBe(true);
  const [first] = worker.labelRequests[0]?.items ?? [];
  expect(first).toMatchObject({
    pageCount: 2,
    title: expect.stringContaining("Title of"),
    pages: [
      { pageNo: 1, text: expect.stringContaining("first page of"), verdict: "text" },
      { pageNo: 2, text: "2", verdict: "sparse" },
    ],
  });
  const rows = await coordinator.results(status.batchId);
  expect(rows[0]).toMatchObject({ category: "contract", labelSource: "llm", labelReason: "It binds two parties." });
  const calls = await coordinator.json("GET", `/v1/batches/${status.batchId}/llm-calls?limit=4`);
  expect(calls).toMatchObject({
    totals: { calls: 10, items: 10, inputTokens: 1_000, outputTokens: 50, costUsd: null, outcomes: { ok: 10 } },
    next: expect.any(Number),
  });
  expect(calls.calls).toHaveLength(4);
  await expectBalanced(status.batchId);
});

test("equal bytes are asked about once, in one batch and in the next", async () => {
  const { coordinator } = cluster;
  await using worker = await startLlmWorker();
  const items = makeItems(12).map((item, index) => ({
    ...item,
    uri: `file:///same/${index < 8 ? "copy" : "other"}~${index < 8 ? index : `x${index}`}`,
    sizeBytes: 30,
  }));
  const first = await coordinator.ended(await coordinator.submit(items, { classifier: "llm", commitDocuments: 3 }));
  expect(first.classify).toMatchObject({ classified: 12 });
  expect(worker.labelRequests.flatMap((request) => request.items)).toHaveLength(2);
  const second = await coordinator.ended(await coordinator.submit(items, { classifier: "llm" }));
  expect(second).toMatchObject({ extract: { unchanged: 12 }, classify: { classified: 12 } });
  expect(worker.labelRequests.flatMap((request) => request.items)).toHaveLength(2);
  await expectBalanced(first.batchId);
  await expectBalanced(second.batchId);
});

test("a document whose label fails keeps its text, and a retry asks for the label alone", async () => {
  const { coordinator } = cluster;
  let broken = true;
  await using worker = await startLlmWorker({
    label: labelAll((item) =>
      broken && item.ordinal === 2
        ? {
            line: "item",
            ordinal: 2,
            outcome: "failed",
            code: "LLM_ANSWER_INVALID",
            message: "no label\0 of the taxonomy",
            calls: [llmCall({ outcome: "foreign_label" }), llmCall({ outcome: "cut", try: 2 })],
          }
        : labelLine(item),
    ),
  });
  const failed = await coordinator.ended(await coordinator.submit(makeItems(5), { classifier: "llm" }));
  expect(failed).toMatchObject({ extract: { succeeded: 5 }, classify: { classified: 4, failed: 1 } });
  await expectBalanced(failed.batchId);
  const [row] = (await coordinator.results(failed.batchId)).filter((one) => one.classifyState === "failed");
  expect(row).toMatchObject({ ordinal: 2, state: "succeeded", code: "LLM_ANSWER_INVALID", category: null });
  const read = worker.requests.length;
  broken = false;
  const { retried } = await coordinator.json("POST", `/v1/batches/${failed.batchId}/retry`, {
    codes: ["LLM_ANSWER_INVALID"],
  });
  expect(retried).toBe(1);
  const again = await coordinator.ended(failed.batchId);
  expect(again.classify).toMatchObject({ classified: 5, failed: 0 });
  expect(worker.requests).toHaveLength(read);
  expect((await coordinator.results(failed.batchId))[2]).toMatchObject({ code: null, message: null });
  const { totals } = await coordinator.json("GET", `/v1/batches/${failed.batchId}/llm-calls`);
  expect(totals).toMatchObject({ calls: 7, items: 5, outcomes: { ok: 5, foreign_label: 1, cut: 1 } });
  await expectBalanced(failed.batchId);
});

test("an LLM that is away holds up labels and nothing else; they go on when it is back", async () => {
  const { coordinator } = cluster;
  const labellers = [labellerOf(`${LLM}-away`, { available: false })];
  await using worker = await startLlmWorker({ labellers });
  const batchId = await coordinator.submit(makeItems(6), { classifier: "llm" });
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded === 6);
  await Bun.sleep(700);
  const waiting = await coordinator.status(batchId);
  expect(waiting).toMatchObject({ state: "sealed", classify: { pending: 6 } });
  expect(worker.labelRequests).toHaveLength(0);
  await expectBalanced(batchId);
  labellers[0] = labellerOf(`${LLM}-away`);
  await worker.register();
  expect((await coordinator.ended(batchId)).classify).toMatchObject({ classified: 6 });
  await expectBalanced(batchId);
});

test("what is put off comes again later and loses no try", async () => {
  const { coordinator } = cluster;
  let puttingOff = true;
  const asked: number[] = [];
  await using _worker = await startLlmWorker({
    labellers: [labellerOf(`${LLM}-off`)],
    label: labelAll((item) => {
      asked.push(item.ordinal);
      const off = puttingOff && item.ordinal % 2 === 1;
      if (!off) return labelLine(item);
      return { line: "item", ordinal: item.ordinal, outcome: "put_off", code: "LLM_UNAVAILABLE", message: "gone" };
    }),
  });
  const batchId = await coordinator.submit(makeItems(4), { classifier: "llm" });
  await waitUntil(async () => (await coordinator.status(batchId)).classify.classified === 2);
  await expectBalanced(batchId);
  puttingOff = false;
  expect((await coordinator.ended(batchId)).classify).toMatchObject({ classified: 4, failed: 0 });
  expect(asked.filter((ordinal) => ordinal % 2 === 0)).toHaveLength(2);
  await expectBalanced(batchId);
});

test("a worker that dies with labels in hand costs its documents nothing", async () => {
  const { coordinator } = cluster;
  const classifier = `${LLM}-dies`;
  const dying = await startLlmWorker({
    labellers: [labellerOf(classifier)],
    label: async function* (request, signal) {
      yield { line: "progress", done: 0 };
      const [item] = request.items;
      if (item !== undefined) yield labelLine(item);
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("killed"))));
    },
  });
  const batchId = await coordinator.submit(makeItems(3), { classifier: "llm" });
  await waitUntil(() => dying.labelRequests.length > 0);
  await dying.kill();
  await using _worker = await startLlmWorker({ labellers: [labellerOf(classifier)] });
  expect((await coordinator.ended(batchId)).classify).toMatchObject({ classified: 3 });
  const calls = await coordinator.json("GET", `/v1/batches/${batchId}/llm-calls`);
  // What the dead one had asked is not stored: nobody knows of it but the dead.
  expect(calls.totals.calls).toBe(3);
  await expectBalanced(batchId);
});

test("a paused batch judges nothing more, a cancelled one keeps its text", async () => {
  const { coordinator } = cluster;
  const labellers = [labellerOf(`${LLM}-paused`, { available: false })];
  await using worker = await startLlmWorker({ labellers });
  const batchId = await coordinator.submit(makeItems(6), { classifier: "llm" });
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded === 6);
  await coordinator.json("POST", `/v1/batches/${batchId}/pause`);
  await expectBalanced(batchId);
  labellers[0] = labellerOf(`${LLM}-paused`);
  await worker.register();
  await Bun.sleep(700);
  expect((await coordinator.status(batchId)).classify.pending).toBe(6);
  await coordinator.json("PATCH", `/v1/batches/${batchId}`, { priority: "interactive" });
  await coordinator.json("POST", `/v1/batches/${batchId}/resume`);
  expect((await coordinator.ended(batchId)).classify.classified).toBe(6);
  await expectBalanced(batchId);

  labellers[0] = labellerOf(`${LLM}-cancelled`, { available: false });
  await worker.register();
  const other = await coordinator.submit(makeItems(5), { classifier: "llm" });
  await waitUntil(async () => (await coordinator.status(other)).extract.succeeded === 5);
  await coordinator.json("POST", `/v1/batches/${other}/cancel`);
  expect(await coordinator.ended(other)).toMatchObject({
    state: "cancelled",
    extract: { succeeded: 5, cancelled: 0 },
    classify: { cancelled: 5, pending: 0 },
  });
  await expectBalanced(other);
  await using _spare = await startLlmWorker({ labellers: [labellerOf(`${LLM}-cancelled`)] });
  await Bun.sleep(700);
  expect(worker.labelRequests.some((request) => request.batchId === other)).toBe(false);
});

test("a batch that is judged anew reads nothing, and leaves the labels of the first alone", async () => {
  const { coordinator } = cluster;
  const fresh = `${LLM}-anew`;
  await using worker = await startLlmWorker({
    labellers: [labellerOf(fresh, { slots: 8 }), labellerOf("rules@1", { documents: 256 })],
    label: labelAll((item, request) =>
      request.classifierVersion === fresh
        ? labelLine(item)
        : labelLine(item, request, {
            calls: [],
            classification: { state: "abstained", category: null, confidence: 0.2, terms: [] },
          }),
    ),
    answer: answerAll((item, request) => (item.ordinal === 1 ? failedLine(item) : documentLine(item, request))),
  });
  const items = makeItems(5).map((item) => ({
    ...item,
    uri: `${item.uri.replace(/[^/]*$/, "")}${contentOf(item.uri)}`,
  }));
  const first = await coordinator.ended(await coordinator.submit(items));
  expect(first).toMatchObject({ extract: { succeeded: 4, failed: 1 }, classify: { classified: 4 } });
  const read = worker.requests.length;
  const anew = await coordinator.json("POST", `/v1/batches/${first.batchId}/reclassify`, { classifier: "llm" });
  expect(anew).toMatchObject({ reclassifies: first.batchId, leftOut: 1, batch: { items: 4 } });
  const second = await coordinator.ended(anew.batch.batchId);
  expect(second).toMatchObject({ extract: { unchanged: 4 }, classify: { classified: 4 }, pages: first.pages });
  expect((await coordinator.results(second.batchId)).map((row) => row.category)).toEqual(Array(4).fill("contract"));
  expect((await coordinator.results(first.batchId))[0]).toMatchObject({ category: "invoice", labelSource: "rules" });

  const stricter = await coordinator.json("POST", `/v1/batches/${first.batchId}/reclassify`, { minConfidence: 0.99 });
  expect((await coordinator.ended(stricter.batch.batchId)).classify).toMatchObject({ abstained: 4 });
  // By the same standard as the first one everything is known.
  const same = await coordinator.json("POST", `/v1/batches/${first.batchId}/reclassify`, {});
  expect(same.batch).toMatchObject({ state: "done", classify: { classified: 4 } });
  expect(worker.requests).toHaveLength(read);
  for (const id of [second.batchId, stricter.batch.batchId, same.batch.batchId]) await expectBalanced(id);

  // Its documents outlive the batch that has read them.
  await coordinator.request("DELETE", `/v1/batches/${first.batchId}`);
  await waitUntil(
    async () => (await coordinator.sql("select 1 from batches where id = $1", [first.batchId])).length === 0,
  );
  await expectBalanced(second.batchId);
});

test("without text, without an end, or without anybody to judge, nothing is judged anew", async () => {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator);
  const codeOf = async (batchId: string, body: object) =>
    ((await (await coordinator.request("POST", `/v1/batches/${batchId}/reclassify`, body)).json()) as Json).code;
  const meta = await coordinator.ended(await coordinator.submit(makeItems(1), { store: "meta" }));
  expect(await codeOf(meta.batchId, {})).toBe("TEXT_NOT_STORED");
  const { batchId: open } = await coordinator.open();
  expect(await codeOf(open, { classifier: "rules" })).toBe("CONFLICT");
  const refused = await coordinator.request("POST", "/v1/batches", { options: { classifier: "llm", store: "meta" } });
  expect(((await refused.json()) as Json).code).toBe("TEXT_NOT_STORED");
});

test("a sweep finds labels that no job covers", async () => {
  const { coordinator } = cluster;
  const labellers = [labellerOf(`${LLM}-swept`, { available: false })];
  await using worker = await startLlmWorker({ labellers });
  const batchId = await coordinator.submit(makeItems(3), { classifier: "llm" });
  await waitUntil(async () => (await coordinator.status(batchId)).extract.succeeded === 3);
  await coordinator.sql("delete from pgboss.job where name like 'classify/%swept%'");
  const broken = await coordinator.audit(batchId);
  expect(broken.checks.filter((check) => !check.ok).map((check) => check.name)).toEqual(["pending_covered"]);
  labellers[0] = labellerOf(`${LLM}-swept`);
  await worker.register();
  expect(
    (
      await waitUntil(async () => {
        const status = await coordinator.status(batchId);
        return status.state === "done" ? status : null;
      }, 40_000)
    ).classify.classified,
  ).toBe(3);
  await expectBalanced(batchId);
}, 60_000);
