import { expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { readLabels } from "./read-labels.ts";

test("columns by their names, in any order, with any of the usual separators", () => {
  expect(readLabels('path,category\na.pdf,invoice\n"b, c.pdf",letter\n', "l.csv")).toEqual([
    { document: "a.pdf", categories: ["invoice"], line: 2 },
    { document: "b, c.pdf", categories: ["letter"], line: 3 },
  ]);
  expect(readLabels("\ufefflabel;note;uri\r\nresume;x;file:///r.pdf\r\n", "l.csv")).toEqual([
    { document: "file:///r.pdf", categories: ["resume"], line: 2 },
  ]);
  expect(readLabels("document\tlabel\n\nx\ty\n", "l.tsv")).toHaveLength(1);
});

test("a line that is there twice is one, whatever the case of its hash; several categories are a set", () => {
  const hash = "AB".repeat(32);
  expect(readLabels(`path,category\na.pdf,x\na.pdf, x\n${hash},b;a;b\n${hash.toLowerCase()},a; b;\n`, "l.csv")).toEqual(
    [
      { document: "a.pdf", categories: ["x"], line: 2 },
      { document: hash.toLowerCase(), categories: ["a", "b"], line: 4 },
    ],
  );
});

test.each([
  ["path,category\na.pdf,;\n", "l.csv:2: a.pdf has no category"],
  ["path,category\na.pdf,x;y\na.pdf,y\n", "l.csv:3: a.pdf is y here and x;y in line 2"],
  ["", "l.csv:1: it has no line"],
  ["name,category\n", "l.csv:1: no column is called uri"],
  ["path,kind\n", "l.csv:1: no column is called category"],
  ["path,category\na.pdf,\n", "l.csv:2: a.pdf has no category"],
  ["path,category\n,letter\n", "l.csv:2: it names no document"],
  ["path,category\na.pdf,x\nb.pdf,y\na.pdf,z\n", "l.csv:4: a.pdf is z here and x in line 2"],
  ['path,category\n"a.pdf,x\n', "l.csv:"],
])("%j is LABELS_INVALID with its line", (text, message) => {
  let thrown: unknown;
  try {
    readLabels(text, "l.csv");
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(AppError);
  expect(thrown).toMatchObject({ code: "LABELS_INVALID", message: expect.stringContaining(message) });
});
