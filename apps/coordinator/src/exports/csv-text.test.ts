import { expect, test } from "bun:test";
import { csvText } from "./csv-text.ts";
import { RESULT_COLUMNS } from "./result-columns.ts";
import { csvRow } from "./write-csv.ts";

test.each([
  ["plain", "plain"],
  ["a,b", '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", '"\'\r=1"'],
  ['=A1,"x"', '"\'=A1,""x"""'],
  ["a=1", "a=1"],
])("%j becomes %j", (text, cell) => expect(csvText(text)).toBe(cell));

test("a row of results has a cell for every column, numbers as numbers and dates as they are", () => {
  const row = {
    uri: "file:///data/a%0Ab%FF.pdf",
    path: "/data/a\\u000ab\uFFFD.pdf",
    ordinal: 3,
    state: "succeeded",
    classifyState: "classified",
    category: "invoice",
    confidence: 0.91,
    runnerUp: null,
    labelSource: "rules",
    labelOriginal: null,
    labels: [
      { category: "invoice", confidence: 0.91 },
      { category: "reminder", confidence: 0.7 },
    ],
    labelReason: null,
    terms: [
      { term: "total due", weight: 3.2, where: "body" },
      { term: "=1+1", weight: 1, where: "title" },
    ],
    pages: 2,
    bytes: 4_096,
    needsOcr: false,
    title: '=HYPERLINK("http://x","y")',
    code: null,
    message: null,
    contentHash: "ab".repeat(32),
    updatedAt: "2026-11-30T12:00:00.000Z",
  } as const;
  expect(csvRow({ ...row, terms: [...row.terms], labels: [...row.labels] }, RESULT_COLUMNS)).toBe(
    `file:///data/a%0Ab%FF.pdf,succeeded,invoice,0.9100,total due; =1+1,2,false,,,${row.contentHash},classified,` +
      `"'=HYPERLINK(""http://x"",""y"")",4096,/data/a\\u000ab\uFFFD.pdf,3,2026-11-30T12:00:00.000Z,invoice;reminder\r\n`,
  );
});
