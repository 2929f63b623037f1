import { expect, test } from "bun:test";
import type { ExtractedDocument, PageVerdict } from "@sluice/native";
import { classifierInput } from "./classifier-input.ts";

function documentOf(pages: readonly [text: string, verdict: PageVerdict][]): ExtractedDocument {
  const pageOffsets = new Uint32Array(pages.length + 1);
  pages.forEach(([text], index) => (pageOffsets[index + 1] = (pageOffsets[index] ?? 0) + Buffer.byteLength(text)));
  return {
    format: "pdf",
    pageCount: pages.length,
    firstPage: 1,
    pages: pages.map(([text, verdict]) => ({
      verdict,
      widthPt: 595,
      heightPt: 842,
      chars: text.length,
      maxFontPt: 12,
      imageCoverage: 0,
    })),
    text: Buffer.from(pages.map(([text]) => text).join("")),
    pageOffsets,
    metadata: { pdfVersion: "1.7", tagged: false, encrypted: false, title: "The title" },
    warnings: [],
  };
}

const textsOf = (document: ExtractedDocument) => classifierInput(document)?.pages.map((page) => page.text);

test("the first eight pages from where the text begins, and the last", () => {
  const numbered = Array.from({ length: 20 }, (_, index): [string, PageVerdict] => [`page ${index + 1}`, "text"]);
  const covered: [string, PageVerdict][] = [["", "scanned"], ["", "empty"], ...numbered];
  expect(textsOf(documentOf(covered))).toEqual([
    ...Array.from({ length: 8 }, (_, index) => `page ${index + 1}`),
    "page 20",
  ]);
  expect(textsOf(documentOf(numbered.slice(0, 3)))).toEqual(["page 1", "page 2", "page 3"]);
  expect(classifierInput(documentOf(covered))).toMatchObject({ pageCount: 22, title: "The title" });
});

test("never more than 16 KB, cut between characters, the last page included", () => {
  const long = Array.from({ length: 12 }, (): [string, PageVerdict] => ["漢".repeat(3_000), "text"]);
  const texts = textsOf(documentOf(long)) ?? [];
  expect(Buffer.byteLength(texts.join(""))).toBeLessThanOrEqual(16 << 10);
  expect(texts.join("")).toMatch(/^漢+$/);
  expect(texts.at(-1)).toHaveLength(Math.floor((2 << 10) / 3));
});

test("nothing to judge where no page has text", () => {
  expect(
    classifierInput(
      documentOf([
        ["noise", "garbled"],
        ["", "scanned"],
      ]),
    ),
  ).toBeNull();
});
