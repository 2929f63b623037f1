import { batchReport, FailureGroups } from "@sluice/client";
import { describe, expect, test } from "bun:test";
import type { BatchStatus } from "@sluice/contracts";
import type { RunReport } from "../batch/report-run.ts";
import { displayWidth } from "./fit-text.ts";
import { formatSummary } from "./format-summary.ts";
import { plainPaint } from "./paint.ts";

const STATUS: BatchStatus = {
  batchId: "01900000-0000-7000-8000-000000000001",
  name: null,
  state: "done",
  priority: "normal",
  createdAt: "2026-11-24T09:00:00Z",
  pausedAt: null,
  continuedBy: null,
  listing: null,
  sealedAt: null,
  finishedAt: null,
  items: 30,
  extract: { pending: 0, succeeded: 24, partial: 1, duplicate: 1, unchanged: 0, failed: 4, cancelled: 0 },
  classify: { none: 4, pending: 0, classified: 23, abstained: 2, no_text: 1, failed: 0, cancelled: 0 },
  pages: 61,
  bytes: 2_400_000,
  needsOcr: 1,
  engineVersion: "1",
  extractHash: "a".repeat(64),
  classifyHash: "b".repeat(64),
};

const REST = {
  failures: [],
  listing: {
    problems: [{ uri: "file:///x/locked", code: "SOURCE_UNREADABLE", message: "/x/locked: no permission" }],
    problemCount: 1,
    skipped: { hidden: 2, dataDirs: 0, repeated: 0, filtered: 0 },
  },
  superseded: [],
  seconds: 2,
};

const REPORT: RunReport = {
  ...batchReport({ batch: STATUS, categories: { contract: 5, invoice: 18 } }, REST),
  interrupted: false,
  exit: 1,
};
const LOOK = { width: 80, paint: plainPaint, unicode: true };

function groups() {
  const failures = new FailureGroups();
  for (let index = 0; index < 13; index += 1) {
    failures.add({
      code: "INVALID_PDF",
      advice: "Get a fresh copy.",
      uri: `file:///x/${index}.pdf`,
      message: "no header",
    });
  }
  failures.add({ code: "EMPTY_FILE", advice: "Fetch it again.", uri: "file:///x/a%1B%5B2J.pdf", message: "0 bytes" });
  return failures.sorted();
}

describe("batchReport", () => {
  test("has what --json promises", () => {
    expect(REPORT).toMatchObject({
      batchId: STATUS.batchId,
      documents: 30,
      succeeded: 24,
      partial: 1,
      failed: 4,
      duplicates: 1,
      unchanged: 0,
      needsOcr: 1,
      pages: 61,
      bytes: 2_400_000,
      seconds: 2,
      documentsPerSecond: 15,
      pagesPerSecond: 30.5,
      categories: { contract: 5, invoice: 18 },
      abstained: 2,
      noText: 1,
      exit: 1,
    });
  });

  test("no time, no rate", () => {
    expect(batchReport({ batch: STATUS, categories: {} }, { ...REST, seconds: 0 }).documentsPerSecond).toBe(0);
  });
});

describe("formatSummary", () => {
  const text = formatSummary(REPORT, groups(), ["sluice audit latest"], LOOK);

  test("totals, categories by size, failures by code with their next step", () => {
    expect(text).toContain("30 documents done in 2.0 s");
    expect(text).toContain("24 succeeded · 1 partial · 1 duplicate · 4 failed");
    expect(text).toContain("61 pages · 2.4 MB · 15.0 documents/s · 30.5 pages/s · 1 need OCR");
    expect(text.indexOf("invoice")).toBeLessThan(text.indexOf("contract"));
    expect(text).toContain("INVALID_PDF  13\n    Get a fresh copy.");
    expect(text).toContain("and 3 more");
    expect(text).toContain("left out: 2 hidden entries");
    expect(text).toContain("SOURCE_UNREADABLE  /x/locked: no permission");
    expect(text).toEndWith("Next\n  sluice audit latest\n");
  });

  test("names cannot drive the terminal, lines fit the width", () => {
    expect(text).toContain("a\\u001b[2J.pdf");
    // The batch id is never cut: it is there to be copied.
    const lines = text.split("\n").filter((line) => !line.includes(STATUS.batchId));
    expect(Math.max(...lines.map((line) => displayWidth(line)))).toBeLessThanOrEqual(80);
  });

  test("a run that read nothing shows no rates", () => {
    const unchanged = { ...STATUS, extract: { ...STATUS.extract, succeeded: 0, partial: 0, failed: 0, unchanged: 30 } };
    const report = { ...REPORT, ...batchReport({ batch: unchanged, categories: {} }, REST) };
    expect(formatSummary(report, [], [], LOOK)).not.toContain("/s");
  });
});
