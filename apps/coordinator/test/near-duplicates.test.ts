import { expect, test } from "bun:test";
import {
  answerAll,
  contentOf,
  documentLine,
  type FakeWorkerOptions,
  labelAll,
  labellerOf,
  labelLine,
  startFakeWorker,
} from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems, waitUntil } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const BLANK = { verdict: "empty", chars: 0, text: "" };

/** Each test has a model and letters of its own. */
let models = 0;

const words = (count: number, seed: string): string[] =>
  Array.from({ length: count }, (_, index) => `w${Bun.hash.xxHash32(`${seed}/${index}`)}`);

/** A letter of two hundred words to somebody: those of one kind differ by so many words, each of which is in five shingles of 196. */
function letter(name: string): string {
  const [kind = "", changes = "1", copy = ""] = name.split("_");
  let text = words(200, kind);
  for (let change = 0; change < Number(changes); change += 1) text = text.with(20 + 10 * change, `${copy}x${change}`);
  return text.join(" ");
}

async function startLetterWorker(options: FakeWorkerOptions = {}) {
  models += 1;
  return await startFakeWorker(cluster.coordinator, {
    labellers: [labellerOf(`llm@1/ollama/near@${models}`, { slots: 1 })],
    label: labelAll(),
    answer: answerAll((item, request) =>
      documentLine(item, request, {
        pageCount: contentOf(item.uri).includes("long") ? 4 : 1,
        pages: [
          { verdict: "text", chars: 5, text: letter(contentOf(item.uri)) },
          ...(contentOf(item.uri).includes("long") ? Array.from({ length: 3 }, () => BLANK) : []),
        ],
      }),
    ),
    ...options,
  });
}

const lettersNamed = (names: readonly string[]) =>
  makeItems(names.length).map((item, index) => ({ ...item, uri: `file:///letters/${names[index]}_${models}` }));
const copies = (count: number, changes = 1, kind = "a") =>
  Array.from({ length: count }, (_, index) => `${kind}_${changes}_${index}`);
const asked = (worker: { labelRequests: readonly { items: readonly object[] }[] }) =>
  worker.labelRequests.flatMap((request) => request.items).length;

async function label(names: readonly string[], options: object = {}) {
  const { coordinator } = cluster;
  const status = await coordinator.ended(
    await coordinator.submit(lettersNamed(names), { classifier: "llm", commitDocuments: 3, ...options }),
  );
  const audit = await coordinator.audit(status.batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
  return { status, rows: await coordinator.results(status.batchId) };
}

test("near-duplicates get the label of the one that was judged, and say whose", async () => {
  await using worker = await startLetterWorker();
  const first = await label(["a_1_first"]);
  const { status, rows } = await label(copies(10));
  expect(status.classify).toMatchObject({ classified: 10, pending: 0 });
  expect(asked(worker)).toBe(1);
  const original = first.rows[0]?.contentHash;
  for (const row of rows) {
    expect(row).toMatchObject({
      category: "contract",
      confidence: 0.8,
      labelSource: "near_duplicate",
      labelReason: "It binds two parties.",
      labelOriginal: { contentHash: original, similarity: expect.closeTo(191 / 201, 6) },
    });
  }
  expect(first.rows[0]).toMatchObject({ labelSource: "llm", labelOriginal: null });
});

test("of near-duplicates that come in one shard, one is asked about", async () => {
  await using worker = await startLetterWorker();
  const { rows } = await label(copies(4), { commitDocuments: 256 });
  expect(asked(worker)).toBe(1);
  expect(rows.filter((row) => row.labelSource === "near_duplicate")).toHaveLength(3);
});

test("what is less alike, or longer, or something else is asked about", async () => {
  await using worker = await startLetterWorker();
  await label(["a_0_first"]);
  // With three words changed 181 of 211 shingles are shared.
  const { rows } = await label(["a_3_other", "a_0_long", "b_0_other"]);
  expect(rows.map((row) => row.labelSource)).toEqual(["llm", "llm", "llm"]);
  expect(asked(worker)).toBe(4);
});

test("a near-duplicate of a near-duplicate is held against the original", async () => {
  await using worker = await startLetterWorker();
  await label(["a_0_zero"]);
  // Like the original by .95 and .90; the third is like the second by .95 and like the original by less than .90.
  const { rows: second } = await label(["a_2_x"]);
  expect(second[0]).toMatchObject({ labelSource: "near_duplicate" });
  const { rows: third } = await label(["a_3_x"]);
  expect(third[0]).toMatchObject({ labelSource: "llm" });
  expect(asked(worker)).toBe(2);
});

test("a batch that wants each asked about gets that, and its labels serve the others", async () => {
  await using worker = await startLetterWorker();
  const pure = await label(copies(3), { nearDuplicates: false });
  expect(pure.rows.map((row) => row.labelSource)).toEqual(["llm", "llm", "llm"]);
  expect(asked(worker)).toBe(3);
  const again = await label(copies(3));
  expect(again.rows.map((row) => row.labelSource)).toEqual(["llm", "llm", "llm"]);
  expect(asked(worker)).toBe(3);
});

test("labels given by another standard are not handed on", async () => {
  await using worker = await startLetterWorker();
  await label(["a_1_first"]);
  const { rows } = await label(["a_1_second"], { minConfidence: 0.3 });
  expect(rows[0]?.labelSource).toBe("llm");
  expect(asked(worker)).toBe(2);
});

test("who waited for one whose label failed is asked about itself", async () => {
  let failures = 0;
  await using worker = await startLetterWorker({
    label: labelAll((item) => {
      if (failures > 0) return labelLine(item);
      failures += 1;
      return { line: "item", ordinal: item.ordinal, outcome: "failed", code: "LLM_ANSWER_INVALID", message: "nothing" };
    }),
  });
  const { status } = await label(copies(3), { commitDocuments: 256 });
  expect(status.classify).toMatchObject({ classified: 2, failed: 1 });
  expect(asked(worker)).toBe(2);
});

test("a worker that dies with an original in hand takes no near-duplicate with it", async () => {
  const dying = await startLetterWorker({
    label: async function* (_request, signal) {
      yield { line: "progress", done: 0 };
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("killed"))));
    },
  });
  const { coordinator } = cluster;
  const batchId = await coordinator.submit(lettersNamed(copies(4)), { classifier: "llm" });
  await waitUntil(() => dying.labelRequests.length > 0);
  await dying.kill();
  models -= 1;
  await using worker = await startLetterWorker();
  expect((await coordinator.ended(batchId)).classify).toMatchObject({ classified: 4 });
  expect(asked(worker)).toBe(1);
  const audit = await coordinator.audit(batchId);
  expect(audit.checks.filter((check) => !check.ok)).toEqual([]);
});

test("what is deleted is found no more", async () => {
  await using worker = await startLetterWorker();
  const { coordinator } = cluster;
  const first = await label(["a_1_first"]);
  const { batchId } = first.status;
  await coordinator.request("DELETE", `/v1/batches/${batchId}`);
  await waitUntil(async () => (await coordinator.request("GET", `/v1/batches/${batchId}`)).status === 404);
  const { rows } = await label(["a_1_second"]);
  expect(rows[0]).toMatchObject({ labelSource: "llm" });
  expect(asked(worker)).toBe(2);
  const [bands] = await coordinator.sql(
    "select count(distinct content_hash)::int as contents from near_duplicate_bands where content_hash = any($1)",
    [[first.rows[0]?.contentHash, rows[0]?.contentHash].map((hash) => Buffer.from(hash, "hex"))],
  );
  expect(bands.contents).toBe(1);
});
