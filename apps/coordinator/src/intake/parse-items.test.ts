import { expect, test } from "bun:test";
import { parseItems } from "./parse-items.ts";

const line = (over: object) =>
  JSON.stringify({ ordinal: 0, uri: "file:///a", sizeBytes: 1, sourceVersion: "1:1", ...over });

test("reads lines, with or without a newline at the end", () => {
  expect(parseItems(`${line({})}\n${line({ ordinal: 1 })}\n`)).toHaveLength(2);
  expect(parseItems(line({}))).toEqual([{ ordinal: 0, uri: "file:///a", sizeBytes: 1, sourceVersion: "1:1" }]);
  expect(parseItems("")).toEqual([]);
});

test("names the line at fault", () => {
  expect(() => parseItems(`${line({})}\nnonsense`)).toThrow("Line 2: not valid JSON");
  expect(() => parseItems(line({ sizeBytes: -1 }))).toThrow("Line 1: sizeBytes");
  expect(() => parseItems(line({ uri: "file:///a\0b" }))).toThrow("without NUL");
  expect(() => parseItems(line({ uri: "file:///\ud800" }))).toThrow("well-formed");
});

test("refuses a chunk that is far too long", () => {
  expect(() => parseItems(Array(10_001).fill(line({})).join("\n"))).toThrow("at most 10000");
});
