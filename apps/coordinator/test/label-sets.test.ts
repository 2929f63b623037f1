/** Taxonomies of which a document may have several labels: how they are stored, shown, counted, found and compared. */
import { expect, test } from "bun:test";
import type { BatchOptionsInput } from "@sluice/contracts";
import { answerAll, documentLine, labelAll, labellerOf, labelLine, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const taxonomy = {
  name: "desk",
  labels: "multi",
  categories: ["refund", "fault", "praise"].map((id) => ({ id, name: id, description: `About ${id}.` })),
} satisfies BatchOptionsInput["taxonomy"];

const items = makeItems(9);
const SURE = { refund: 0.9, fault: 0.8, praise: 0.7 } as const;

/** What a worker says of an item, by its number: refund and fault, praise, or nothing. */
function labelsOf(ordinal: number, swapped = false) {
  const given = ([["refund", "fault"], ["praise"], []] as const)[ordinal % 3] ?? [];
  const labels = (swapped ? given.toReversed() : given).map((category) => ({ category, confidence: SURE[category] }));
  const [first] = labels;
  return first === undefined
    ? { state: "abstained", category: null, confidence: 0.2, terms: [] }
    : { state: "classified", ...first, labels, terms: [] };
}

async function judged(swapped = false) {
  const { coordinator } = cluster;
  await using _worker = await startFakeWorker(coordinator, {
    answer: answerAll((item, request) =>
      documentLine(item, request, { classification: labelsOf(item.ordinal, swapped) }),
    ),
  });
  const options = { taxonomy, minConfidence: swapped ? 0.5 : 0.4, force: true };
  const { batchId } = await coordinator.ended(await coordinator.submit(items, options));
  return batchId;
}

test("all labels of a document are stored and shown, the surest as its category", async () => {
  const { coordinator } = cluster;
  const batchId = await judged();
  const rows = await coordinator.results(batchId);
  expect(rows[0]).toMatchObject({
    category: "refund",
    confidence: 0.9,
    labels: [
      { category: "refund", confidence: 0.9 },
      { category: "fault", confidence: 0.8 },
    ],
  });
  expect(rows[1].labels).toEqual([{ category: "praise", confidence: 0.7 }]);
  expect(rows[2]).toMatchObject({ category: null, labels: [] });
  const csv = await (await coordinator.request("GET", `/v1/batches/${batchId}/results?format=csv`)).text();
  expect(csv.split("\r\n")[0]).toEndWith(",labels");
  expect(csv.split("\r\n")[1]).toEndWith(",refund;fault");
});

test("a document counts in each of its categories, and is found by each", async () => {
  const { coordinator } = cluster;
  const batchId = await judged();
  const { categories } = await coordinator.json("GET", `/v1/batches/${batchId}/summary`);
  expect(categories).toEqual({ fault: 3, praise: 3, refund: 3 });
  for (const [category, first] of [
    ["fault", 0],
    ["refund", 0],
    ["praise", 1],
  ]) {
    const page = await coordinator.json("GET", `/v1/batches/${batchId}/items?category=${category}`);
    expect(page.items.map((item: { ordinal: number }) => item.ordinal)).toEqual([
      first,
      Number(first) + 3,
      Number(first) + 6,
    ]);
  }
});

test("two batches are held against each other by all labels, in whatever order they came", async () => {
  const { coordinator } = cluster;
  const [left, right] = [await judged(), await judged(true)];
  const answer = await coordinator.request("GET", `/v1/batches/${left}/compare/${right}/labels`);
  const lines = (await answer.text()).trim().split("\n");
  const matrix = JSON.parse(lines.at(-1) ?? "");
  expect(matrix).toMatchObject({ line: "labels", both: 9, same: 9, changed: 0 });
  expect(matrix.moves).toContainEqual({ left: "fault;refund", right: "fault;refund", items: 3 });
});

test("an LLM's labels come the same way; a cascade is for one label", async () => {
  const { coordinator } = cluster;
  await using worker = await startFakeWorker(coordinator, {
    labellers: [labellerOf("llm@1/ollama/sets@1")],
    label: labelAll((item) => labelLine(item, null, { classification: { ...labelsOf(0), source: "llm" } })),
  });
  const { batchId } = await coordinator.ended(
    await coordinator.submit(makeItems(2), { taxonomy, classifier: "llm", force: true }),
  );
  expect((await coordinator.results(batchId))[1].labels).toHaveLength(2);
  expect(worker.labelRequests[0]?.classify.taxonomy?.labels).toBe("multi");
  const refused = await coordinator.request("POST", "/v1/batches", {
    options: { taxonomy, classifier: "cascade", model: "0".repeat(64), modelConfidence: 0.9 },
  });
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([400, "BAD_REQUEST"]);
});
