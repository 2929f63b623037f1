import { expect, test } from "bun:test";
import {
  type ChangedLabel,
  type ComparisonLine,
  comparisonLineSchema,
  type ComparisonRow,
  labelComparisonLineSchema,
  type LabelMatrix,
  problemSchema,
} from "@sluice/contracts";
import { answerAll, contentOf, documentLine, failedLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const cluster = useCoordinator();

async function compare(left: string, right: string): Promise<ComparisonLine[]> {
  const answer = await cluster.coordinator.request("GET", `/v1/batches/${left}/compare/${right}`);
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
  return (await answer.text())
    .trim()
    .split("\n")
    .map((line) => comparisonLineSchema.parse(JSON.parse(line)));
}

async function labels(
  left: string,
  right: string,
  query = "",
): Promise<{ changed: ChangedLabel[]; matrix: LabelMatrix }> {
  const answer = await cluster.coordinator.request("GET", `/v1/batches/${left}/compare/${right}/labels${query}`);
  const lines = (await answer.text()).trim().split("\n");
  const parsed = lines.map((line) => labelComparisonLineSchema.parse(JSON.parse(line)));
  const matrix = parsed.pop();
  if (matrix?.line !== "labels") throw new Error("the last line is no matrix");
  return { changed: parsed.flatMap((line) => (line.line === "changed" ? [line] : [])), matrix };
}

interface Script {
  readonly fails?: string;
  readonly category?: string | null;
  readonly pages?: readonly string[];
  readonly bytes?: string;
}

/** A batch in which each source is read as its script says. */
async function run(sources: Record<string, Script>, engineVersion: string): Promise<string> {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      engineVersion,
      answer: answerAll((item, request) => {
        const script = sources[contentOf(item.uri)] ?? {};
        if (script.fails !== undefined) return failedLine(item, script.fails);
        const category = script.category === undefined ? "invoice" : script.category;
        const pages = script.pages ?? ["one", "two"];
        return documentLine(item, request, {
          ...(script.bytes === undefined ? {} : { contentHash: sha256(script.bytes) }),
          pageCount: pages.length,
          pages: pages.map((text) => ({ verdict: "text", chars: text.length, text })),
          classification: {
            state: category === null ? "abstained" : "classified",
            category,
            confidence: category === null ? 0.1 : 0.9,
            terms: [],
          },
        });
      }),
    }),
  );
  const names = Object.keys(sources);
  const items = makeItems(names.length).map((item, index) => ({ ...item, uri: `file:///compared/${names[index]}` }));
  const batchId = await coordinator.submit(items, { force: true });
  await coordinator.ended(batchId);
  return batchId;
}

test("two builds over the same sources: what is gone, new, failed, labelled or read otherwise", async () => {
  const left = await run(
    {
      gone: {},
      same: {},
      label: { category: "letter" },
      unsure: {},
      fails: {},
      mended: { fails: "INVALID_PDF" },
      otherwise: { fails: "INVALID_PDF" },
      text: { pages: ["a", "b", "c"] },
      longer: { pages: ["a"] },
      changed: { bytes: "before", pages: ["x"] },
      "as-broken": { fails: "INVALID_PDF" },
    },
    "compare-1",
  );
  const right = await run(
    {
      "as-broken": { fails: "INVALID_PDF" },
      changed: { bytes: "after", pages: ["x"] },
      longer: { pages: ["a", "b"] },
      text: { pages: ["a", "B", "c"] },
      otherwise: { fails: "PASSWORD_REQUIRED" },
      mended: {},
      fails: { fails: "CHILD_OOM" },
      unsure: { category: null },
      label: { category: "contract" },
      same: {},
      new: {},
    },
    "compare-2",
  );
  const lines = await compare(left, right);
  const summary = lines.pop();
  const found = lines as ComparisonRow[];
  expect(found.map((line) => [line.uri.split("/").at(-1), line.changes])).toEqual([
    ["changed", ["content"]],
    ["fails", ["state", "label"]],
    ["gone", ["left_only"]],
    ["label", ["label"]],
    ["longer", ["text"]],
    ["mended", ["state", "label"]],
    ["new", ["right_only"]],
    ["otherwise", ["state"]],
    ["text", ["text"]],
    ["unsure", ["label"]],
  ]);
  const byName = (name: string) => found.find((line) => line.uri.endsWith(`/${name}`));
  expect(byName("text")).toMatchObject({ pagesChanged: 1, pages: [2], left: { pages: 3 }, right: { pages: 3 } });
  expect(byName("longer")).toMatchObject({ pagesChanged: 1, pages: [2], left: { pages: 1 }, right: { pages: 2 } });
  expect(byName("fails")).toMatchObject({
    left: { state: "succeeded" },
    right: { state: "failed", code: "CHILD_OOM" },
  });
  expect(byName("gone")?.right).toBeNull();
  expect(byName("changed")?.left?.contentHash).toBe(sha256("before"));
  expect(summary).toMatchObject({
    line: "summary",
    leftItems: 11,
    rightItems: 11,
    both: 10,
    equal: 2,
    changes: { left_only: 1, right_only: 1, state: 3, label: 4, content: 1, text: 2 },
    pagesChanged: 2,
  });
  if (summary?.line !== "summary") throw new Error("there is no summary");
  expect(summary.labels.toSorted((one, other) => String(one.left).localeCompare(String(other.left)))).toEqual([
    { left: "invoice", right: null, items: 2 },
    { left: "letter", right: "contract", items: 1 },
    { left: null, right: "invoice", items: 1 },
  ]);
  expect(summary.states).toHaveLength(3);
});

test("the same build again: unchanged sources are as they were, and sources that are there twice are matched in order", async () => {
  const { coordinator } = cluster;
  await using scope = new AsyncDisposableStack();
  scope.use(await startFakeWorker(coordinator, { engineVersion: "compare-3" }));
  const items = makeItems(1_200, {}, "twice").map((item) => ({
    ...item,
    uri: item.uri.replace(/-\d+$/, (number) => `-${Number(number.slice(1)) % 600}`),
  }));
  const first = await coordinator.submit(items);
  await coordinator.ended(first);
  const second = await coordinator.submit(items);
  await coordinator.ended(second);
  expect((await coordinator.status(second)).extract.unchanged).toBe(1_200);
  expect(await compare(first, second)).toMatchObject([{ line: "summary", both: 1_200, equal: 1_200 }]);
  const half = await coordinator.submit(items.slice(0, 600));
  const lines = await compare(first, half);
  expect(lines).toHaveLength(601);
  expect(lines.at(-1)).toMatchObject({ both: 600, equal: 600, changes: { left_only: 600 } });
});

test("a comparison with nothing, or with itself, is refused before it begins; leaving one leaves no transaction", async () => {
  const { coordinator } = cluster;
  const left = await coordinator.submit(makeItems(3_000));
  const right = await coordinator.submit(makeItems(3_000));
  const path = (other: string) => `/v1/batches/${left}/compare/${other}`;
  expect((await coordinator.request("GET", path(crypto.randomUUID()))).status).toBe(404);
  expect(problemSchema.parse(await (await coordinator.request("GET", path(left))).json()).code).toBe("BAD_REQUEST");
  for (let times = 0; times < 5; times += 1) {
    const answer = await coordinator.request("GET", path(right));
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
  }
  expect((await compare(left, right)).at(-1)).toMatchObject({
    both: 0,
    changes: { left_only: 3_000, right_only: 3_000 },
  });
  for (const id of [left, right]) await coordinator.request("POST", `/v1/batches/${id}/cancel`);
});

test("labels: what became what, those that stayed included, and the changed ones up to a limit", async () => {
  const categories = (of: (at: number) => Script) =>
    Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`labels-${at}`, of(at)]));
  const left = await run(
    categories((at) => (at < 5 ? { fails: "INVALID_PDF" } : { category: at < 10 ? null : "invoice" })),
    "labels-1",
  );
  const right = await run(
    categories((at) => ({ category: at < 8 ? "letter" : at < 40 ? "invoice" : at < 59 ? "contract" : null })),
    "labels-2",
  );
  const { changed, matrix } = await labels(left, right);
  expect(matrix).toMatchObject({ left, right, both: 55, same: 30, movesHidden: 0, changed: 25, more: false });
  expect(matrix.moves).toEqual([
    { left: "invoice", right: "invoice", items: 30 },
    { left: "invoice", right: "contract", items: 19 },
    { left: null, right: "letter", items: 3 },
    { left: null, right: "invoice", items: 2 },
    { left: "invoice", right: null, items: 1 },
  ]);
  expect(changed).toHaveLength(25);
  expect(changed.map(({ uri }) => uri)).toEqual(changed.map(({ uri }) => uri).sort());
  expect(changed.find(({ uri }) => uri.endsWith("/labels-59"))).toMatchObject({
    left: { ordinal: 59, category: "invoice", confidence: 0.9 },
    right: { ordinal: 59, category: null, confidence: 0.1 },
  });
  const limited = await labels(left, right, "?from=invoice&to=contract&limit=10");
  expect(limited.matrix).toEqual({ ...matrix, changed: 10, more: true });
  expect(limited.changed.map((line) => line.right.category)).toEqual(Array.from({ length: 10 }, () => "contract"));
  expect((await labels(left, right, "?to=contract&limit=19")).matrix).toMatchObject({ changed: 19, more: false });
  expect(await labels(left, right, "?limit=0")).toEqual({ changed: [], matrix: { ...matrix, changed: 0, more: true } });
});

test("a comparison of labels with nothing, or with itself, is refused before it begins", async () => {
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(makeItems(1));
  const status = async (other: string) =>
    (await coordinator.request("GET", `/v1/batches/${batchId}/compare/${other}/labels`)).status;
  expect([await status(crypto.randomUUID()), await status(batchId)]).toEqual([404, 400]);
  await coordinator.request("POST", `/v1/batches/${batchId}/cancel`);
});
