import { describe, expect, test } from "bun:test";
import { fileUri, type ResultRow } from "@sluice/contracts";
import { displayWidth } from "./fit-text.ts";
import { formatResults } from "./format-results.ts";
import { plainPaint } from "./paint.ts";

const ROW: ResultRow = {
  ordinal: 0,
  uri: fileUri("/samples/finance/請求書.pdf"),
  state: "succeeded",
  runnerUp: null,
  labelSource: "rules",
  labelOriginal: null,
  labels: [{ category: "invoice", confidence: 0.91 }],
  labelReason: null,
  classifyState: "classified",
  category: "invoice",
  confidence: 0.914,
  terms: ["請求書", "合計", "振込先", "消費税", "fifth"].map((term) => ({ term, weight: 1, where: "body" })),
  pages: 2,
  bytes: 1,
  needsOcr: false,
  title: null,
  code: null,
  message: null,
  contentHash: null,
};

const ROWS: ResultRow[] = [
  ROW,
  {
    ...ROW,
    uri: fileUri("/samples/scan.pdf"),
    category: null,
    confidence: 0,
    classifyState: "no_text",
    terms: [],
    needsOcr: true,
  },
  {
    ...ROW,
    uri: fileUri("/samples/a.docx"),
    state: "failed",
    code: "UNSUPPORTED_FORMAT",
    category: null,
    terms: [],
    pages: null,
  },
  { ...ROW, uri: fileUri("/elsewhere/b.pdf"), state: "unchanged" },
];

describe("formatResults", () => {
  const lines = formatResults(ROWS, "/samples", 120, plainPaint);

  test("says what each file was taken for and why", () => {
    expect(lines[1]).toMatch(/^finance\/請求書\.pdf +invoice +0\.91 {2}請求書, 合計, 振込先, 消費税 +2$/);
    expect(lines[2]).toMatch(/^scan\.pdf +\(no text\) +2 {2}needs OCR$/);
    expect(lines[3]).toMatch(/^a\.docx +UNSUPPORTED_FORMAT$/);
    expect(lines[4]).toMatch(/^\/elsewhere\/b\.pdf .* unchanged$/);
  });

  test("fits the terminal", () => {
    for (const width of [100, 80]) {
      const narrow = formatResults(ROWS, "/samples", width, plainPaint);
      expect(Math.max(...narrow.map((line) => displayWidth(line)))).toBeLessThanOrEqual(width);
    }
  });
});
