import { expect, test } from "bun:test";
import type { ResultRow } from "@sluice/contracts";
import type { LabelRow } from "@sluice/evaluation";
import { matchLabels } from "./match-labels.ts";

const hashOf = (name: string) => new Bun.CryptoHasher("sha256").update(name).digest("hex");

const row = (uri: string, category: string | null, more: Partial<ResultRow> = {}): ResultRow => ({
  ordinal: 0,
  uri,
  state: "succeeded",
  labelSource: "rules",
  labelReason: null,
  terms: [],
  pages: 1,
  bytes: 1,
  needsOcr: false,
  title: null,
  code: null,
  message: null,
  contentHash: hashOf(uri),
  category,
  confidence: 0.9,
  classifyState: category === null ? "abstained" : "classified",
  ...more,
});

async function* rows() {
  yield row("file:///in/2024/a%20b.pdf", "invoice");
  yield row("file:///in/2025/a%20b.pdf", "letter");
  yield row("file:///in/2025/c.pdf", null);
  yield row("s3://bucket/d.pdf", "resume");
  yield row("file:///in/e.pdf", null, { state: "failed", classifyState: "none", contentHash: null });
}

const labels = (...documents: string[]): LabelRow[] =>
  documents.map((document, index) => ({ document, category: "invoice", line: index + 2 }));

test("documents are found by path, by the end of one, by URI and by hash", async () => {
  const named = labels("/in/2024/a b.pdf", "2025/a b.pdf", "./c.pdf", "s3://bucket/d.pdf", hashOf("s3://bucket/d.pdf"));
  const { documents, missing, unjudged } = await matchLabels(named, rows(), "l.csv");
  expect(documents.map(({ got }) => got)).toEqual(["invoice", "letter", null, "resume", "resume"]);
  expect([missing, unjudged]).toEqual([[], 0]);
});

test("what is not there, and what was not judged, is told apart", async () => {
  const { documents, missing, unjudged } = await matchLabels(labels("e.pdf", "nowhere.pdf", "b.pdf"), rows(), "l.csv");
  expect(documents).toEqual([]);
  expect(missing.map(({ document }) => document)).toEqual(["nowhere.pdf", "b.pdf"]);
  expect(unjudged).toBe(1);
});

test("the end of two paths is LABELS_INVALID with its line", async () => {
  const matched = matchLabels(labels("c.pdf", "a b.pdf"), rows(), "l.csv");
  expect(await matched.catch((error: unknown) => error)).toMatchObject({
    code: "LABELS_INVALID",
    message: expect.stringContaining("l.csv:3: a b.pdf is the end of /in/2024/a b.pdf and of /in/2025/a b.pdf"),
  });
});
