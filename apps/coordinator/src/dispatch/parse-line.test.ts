import { expect, test } from "bun:test";
import { AttemptEnded } from "./attempt-ended.ts";
import { parseLine } from "./parse-line.ts";

const extracted = {
  line: "item",
  ordinal: 4,
  outcome: "extracted",
  sizeBytes: 10,
  sourceVersion: "10:1",
  contentHash: "0".repeat(64),
  format: "pdf",
  pageCount: 3,
  pages: [
    { verdict: "text", chars: 5, textBytes: 6 },
    { verdict: "empty", chars: 0, textBytes: 0 },
    { verdict: "text", chars: 0, textBytes: null, error: { code: "PAGE_UNREADABLE", message: "no" } },
  ],
  needsOcr: false,
  partial: true,
  metadata: { title: "A" },
  warnings: [],
  classification: null,
  textBytes: 6,
  cpuMs: 1.5,
};

test("what is right comes back as it is", () => {
  const parsed: unknown = parseLine(JSON.stringify(extracted));
  expect(parsed).toEqual(extracted);
});

test("a document of plain pages, which go round the schema, comes back as it is", () => {
  const plain = { ...extracted, partial: false, pages: extracted.pages.slice(0, 2) };
  const parsed: unknown = parseLine(JSON.stringify(plain));
  expect(parsed).toEqual(plain);
  expect(() => parseLine(JSON.stringify({ ...plain, format: 1 }))).toThrow(AttemptEnded);
});

test.each([
  ["no JSON", "{", null],
  ["no line", "[]", null],
  ["an unknown line", '{"line":"note"}', null],
  ["a page without verdict", { ...extracted, pages: [{ chars: 5, textBytes: 6 }] }, 4],
  ["an unknown verdict", { ...extracted, pages: [{ verdict: "nice", chars: 5, textBytes: 6 }] }, 4],
  ["half a character", { ...extracted, pages: [{ verdict: "text", chars: 0.5, textBytes: 6 }] }, 4],
  ["a negative length", { ...extracted, textBytes: -1, pages: [{ verdict: "text", chars: 1, textBytes: -1 }] }, 4],
  ["an error without a code", { ...extracted, pages: [{ verdict: "text", chars: 1, textBytes: 6, error: {} }] }, 4],
  ["pages that are more than the text", { ...extracted, textBytes: 5 }, 4],
  ["pages that are less than the text", { ...extracted, textBytes: 7 }, 4],
  ["pages that are none", { ...extracted, pages: { length: 0 } }, 4],
])("%s is refused, with the item where it is known", (_, line, ordinal) => {
  let end: unknown = null;
  try {
    parseLine(typeof line === "string" ? line : JSON.stringify(line));
  } catch (error) {
    end = error;
  }
  if (!(end instanceof AttemptEnded)) throw new Error("it was taken");
  expect(end.outcome).toBe("rejected");
  expect(end.detail.ordinal ?? null).toBe(ordinal);
});
