import { expect, test } from "bun:test";
import { documentDetailSchema, documentPageSchema, documentPagesSchema, problemSchema } from "@sluice/contracts";
import { answerAll, documentLine, sha256, startFakeWorker } from "./support/fake-worker.ts";
import { useCoordinator } from "./support/test-cluster.ts";
import { makeItems } from "./support/test-coordinator.ts";

const cluster = useCoordinator();
const HASH = sha256("letter");
const letter = (folder: string) => makeItems(1).map((item) => ({ ...item, uri: `file:///${folder}/letter` }));

test("a document with all its extractions, labels and batches; its pages by pages, and each alone", async () => {
  const { coordinator } = cluster;
  const pages = Array.from({ length: 7 }, (_, index) => ({ verdict: "text", chars: 6, text: `page ${index + 1}` }));
  pages[2] = { verdict: "empty", chars: 0, text: null, error: { code: "GLYPH_LIMIT", message: "too many" } } as never;
  await using scope = new AsyncDisposableStack();
  scope.use(
    await startFakeWorker(coordinator, {
      answer: answerAll((item, request) =>
        documentLine(item, request, {
          pageCount: 7,
          pages,
          partial: true,
          warnings: [{ code: "ODD", message: "odd" }],
        }),
      ),
    }),
  );
  const run = async (folder: string, options: object) => {
    const id = await coordinator.submit(letter(folder), { force: true, ...options });
    await coordinator.ended(id);
    return id;
  };
  const first = await run("one", {});
  const second = await run("two", {});
  const bare = await run("three", { maxPages: 500, classifier: "none" });
  const detail = documentDetailSchema.parse(await coordinator.json("GET", `/v1/documents/${HASH}`));
  const [latest, earlier] = detail.extractions;
  expect(detail.extractions).toHaveLength(2);
  expect(latest).toMatchObject({ pages: 7, labels: [], batches: [{ batchId: bare, state: "done" }] });
  expect(earlier).toMatchObject({
    partial: true,
    metadata: { title: "Title of letter" },
    warnings: [{ code: "ODD" }],
    labels: [{ state: "classified", category: "invoice", confidence: 0.9 }],
    batches: [{ batchId: second }, { batchId: first }],
  });

  const read = async (query: string) =>
    documentPagesSchema.parse(await coordinator.json("GET", `/v1/documents/${HASH}/pages${query}`));
  const all = await read("");
  expect(all).toMatchObject({ extractHash: latest?.extractHash, next: null });
  expect(all.pages.map((page) => page.text)).toEqual(pages.map((page) => page.text));
  expect(all.pages[2]).toMatchObject({ pageNo: 3, verdict: "empty", error: { code: "GLYPH_LIMIT" } });
  const part = await read(`?limit=3&extractHash=${earlier?.extractHash}`);
  expect([part.extractHash, part.next]).toEqual([earlier?.extractHash ?? "", 3]);
  expect((await read("?limit=3&after=3")).next).toBe(6);
  expect((await read("?limit=3&after=6")).pages.map((page) => page.pageNo)).toEqual([7]);
  const page = documentPageSchema.parse(await coordinator.json("GET", `/v1/documents/${HASH}/pages/7`));
  expect(page).toMatchObject({ pageNo: 7, text: "page 7", error: null });
});

test("what is not there is NOT_FOUND, by name", async () => {
  const { coordinator } = cluster;
  const nothing = "0".repeat(64);
  const paths = [nothing, `${nothing}/pages`, `${HASH}/pages/8`, `${HASH}/pages?extractHash=${nothing}`, "nonsense"];
  for (const path of paths) {
    const answer = await coordinator.request("GET", `/v1/documents/${path}`);
    expect([path, answer.status, problemSchema.parse(await answer.json()).code]).toEqual([path, 404, "NOT_FOUND"]);
  }
  expect((await coordinator.request("GET", `/v1/documents/${HASH}/pages/0`)).status).toBe(404);
});
