import { expect, test } from "bun:test";
import type { ResultRow } from "@sluice/contracts";
import type { LabelRow } from "@sluice/evaluation";
import { matchLabels } from "./match-labels.ts";

const hashOf = (name: string) => new Bun.CryptoHasher("sha256").update(name).digest("hex");

const row = (uri: string, category: string | null, more: Partial<ResultRow> = {}): ResultRow => ({
  ordinal: 0,
  uri,
  state: "succeeded",
  runnerUp: null,
  labelSource: "rules",
  labelOriginal: null,
  labels: category === null ? [] : [{ category, confidence: 0.9 }],
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
  const all = [
    row("file:///in/2024/a%20b.pdf", "invoice"),
    row("file:///in/2025/a%20b.pdf", "letter"),
    row("file:///in/2025/c.pdf", null),
    row("s3://bucket/d.pdf", "resume"),
    row("file:///in/e.pdf", null, { state: "failed", classifyState: "none", contentHash: null }),
    row("file:///copies/c.pdf", null, { contentHash: hashOf("file:///in/2025/c.pdf") }),
    row("file:///copies/e.pdf", null, { state: "failed", classifyState: "none", contentHash: null }),
    row("file:///copies/in/2024/a%20b.pdf", "contract"),
  ];
  for (const [ordinal, each] of all.entries()) yield { ...each, ordinal };
}

const labels = (...documents: (string | [string, string])[]): LabelRow[] =>
  documents.map((each, index) => {
    const [document, category] = typeof each === "string" ? [each, "invoice"] : each;
    return { document, categories: [category], line: index + 2 };
  });

const matching = (...named: LabelRow[]) => matchLabels(named, rows(), "l.csv");
const refusal = async (...named: LabelRow[]): Promise<unknown> => matching(...named).catch((error: unknown) => error);

test("documents are found by path, by the end of one, by URI and by hash", async () => {
  const named = labels(
    "/in/2024/a b.pdf",
    "2025/a b.pdf",
    "./c.pdf",
    "s3://bucket/d.pdf",
    hashOf("file:///copies/in/2024/a%20b.pdf"),
  );
  const { documents, missing, unjudged } = await matching(...named);
  expect(documents.map(({ got }) => got)).toEqual([["invoice"], ["letter"], [], ["resume"], ["contract"]]);
  expect([missing, unjudged]).toEqual([[], 0]);
});

test("a document that the file names by path, URI and hash, and a copy of it, is judged once", async () => {
  const uri = "file:///in/2025/c.pdf";
  const { documents, missing } = await matching(
    ...labels("2025/c.pdf", uri, hashOf(uri), "copies/c.pdf", "s3://bucket/d.pdf"),
  );
  expect(documents.map((each) => each.uri)).toEqual([uri, "s3://bucket/d.pdf"]);
  expect(missing).toEqual([]);
});

test("rows that contradict each other over one document are LABELS_INVALID with both lines", async () => {
  expect(await refusal(...labels("2025/c.pdf", "s3://bucket/d.pdf", ["copies/c.pdf", "letter"]))).toMatchObject({
    code: "LABELS_INVALID",
    message: "l.csv:4: copies/c.pdf is letter here and invoice in line 2, which names the same document 2025/c.pdf.",
  });
  expect(await refusal(...labels(hashOf("s3://bucket/d.pdf"), ["s3://bucket/d.pdf", "letter"]))).toMatchObject({
    message: expect.stringContaining("l.csv:3: s3://bucket/d.pdf is letter here and invoice in line 2"),
  });
});

test("what is not there, and what was not judged, is told apart", async () => {
  const { documents, missing, unjudged } = await matching(...labels("/in/e.pdf", "in/e.pdf", "nowhere.pdf", "b.pdf"));
  expect(documents).toEqual([]);
  expect(missing.map(({ document }) => document)).toEqual(["nowhere.pdf", "b.pdf"]);
  expect(unjudged).toBe(1);
});

test("the end of two paths is LABELS_INVALID with its line; a whole path and the end of a copy's are told apart", async () => {
  expect(await refusal(...labels("c.pdf", "2025/a b.pdf", "a b.pdf"))).toMatchObject({
    code: "LABELS_INVALID",
    message: expect.stringContaining("l.csv:4: a b.pdf is the end of /in/2024/a b.pdf and of /in/2025/a b.pdf"),
  });
  expect(await refusal(...labels("e.pdf"))).toMatchObject({ code: "LABELS_INVALID" });
  expect((await matching(...labels("/in/2024/a b.pdf"))).documents[0]?.got).toEqual(["invoice"]);
});
