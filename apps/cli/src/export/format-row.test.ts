import { describe, expect, test } from "bun:test";
import type { ResultRow } from "@sluice/contracts";
import { csvText } from "./escape-csv.ts";
import { CSV_COLUMNS, ROW_FORMATS } from "./format-row.ts";

const ROW: ResultRow = {
  ordinal: 3,
  uri: "file:///data/a%0Ab%FF.pdf",
  state: "succeeded",
  classifyState: "classified",
  category: "invoice",
  confidence: 0.91,
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
};

describe("csvText", () => {
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
});

describe("export rows", () => {
  test("a csv row has a cell for every column of the header", () => {
    const { header, line } = ROW_FORMATS.csv;
    expect(header.trimEnd().split(",")).toEqual([...CSV_COLUMNS]);
    const simple = line({ ...ROW, title: "x", terms: [] })
      .trimEnd()
      .split(",");
    expect(simple).toHaveLength(CSV_COLUMNS.length);
    expect(simple[0]).toBe(ROW.uri);
    expect(simple[3]).toBe("0.9100");
    expect(simple[13]).toBe("/data/a\\u000ab\uFFFD.pdf");
  });

  test("a csv cell never starts a formula", () => {
    expect(ROW_FORMATS.csv.line(ROW)).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  });

  test("a jsonl row is one line and keeps the exact uri beside the name for people", () => {
    const line = ROW_FORMATS.jsonl.line(ROW);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    const parsed = JSON.parse(line);
    expect(parsed).toMatchObject({
      uri: ROW.uri,
      path: "/data/a\\u000ab\uFFFD.pdf",
      state: "succeeded",
      needsOcr: false,
    });
    expect(Object.keys(parsed)[0]).toBe("uri");
  });
});
