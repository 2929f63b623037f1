import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@sluice/testkit";
import { judgeDocuments } from "./judge-documents.ts";
import type { MatchedDocument } from "./match-labels.ts";
import { writeReport } from "./write-report.ts";

const llm = {
  calls: 1_200,
  items: 1_000,
  inputTokens: 400_000,
  outputTokens: 12_000,
  latencyMs: 754_000,
  costUsd: 0.126,
  outcomes: { ok: 1_000, cut: 200 },
};

const documents: MatchedDocument[] = [
  { contentHash: null, uri: "file:///in/a%20b.pdf", expected: ["fault", "refund"], got: ["refund"], confidence: 0.7 },
  { contentHash: null, uri: "file:///in/c.pdf", expected: ["fault"], got: ["fault"], confidence: 0.9 },
];

test("under a taxonomy of several labels the report has no matrix, and says what the labels cost", async () => {
  using scratch = temporaryFolder();
  const judgement = judgeDocuments(documents, true);
  const report = { batchId: "0197", file: "l.csv", judgement, missing: 1, unjudged: 0, llm };
  await writeReport(scratch.path, report, documents.slice(0, 1));
  expect((await readdir(scratch.path)).sort()).toEqual(["disagreements.csv", "report.json", "report.md"]);
  const page = await Bun.file(join(scratch.path, "report.md")).text();
  expect(page).toContain(
    "They took 1,200 calls to an LLM, 400,000 tokens in and 12,000 out, 12:34 min of it, 0.13 USD.",
  );
  expect(page).toContain("- exactly their labels: 0.500");
  expect(await Bun.file(join(scratch.path, "disagreements.csv")).text()).toContain(
    "/in/a b.pdf,fault;refund,refund,0.7\n",
  );
  expect(await Bun.file(join(scratch.path, "report.json")).json()).toMatchObject({
    labels: "multi",
    scores: { exact: { hits: 1, of: 2 } },
    llm: { calls: 1_200 },
  });
});
