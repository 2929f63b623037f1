import { expect, test } from "bun:test";
import { engineVersion, extractAsync } from "../src/index.ts";
import { PdfWriter, showLines, simplePdf } from "./pdf-writer.ts";
import { allText, pageText, read } from "./read.ts";

const WORDS = ["The quick brown fox jumps over the lazy dog,", "and the dog sleeps on through the afternoon."];

test("text by page, with lines and offsets", () => {
  const document = read(simplePdf([{ content: showLines(WORDS) }, { content: showLines(["Second page"]) }]));
  expect(document.pageCount).toBe(2);
  expect(document.firstPage).toBe(1);
  expect(document.pageOffsets.length).toBe(3);
  expect(pageText(document, 0)).toBe(`${WORDS.join("\n")}\n`);
  expect(pageText(document, 1)).toBe("Second page\n");
  expect(document.pages[0]).toMatchObject({ verdict: "text", widthPt: 595, heightPt: 842, maxFontPt: 12 });
});

test("the asynchronous call gives the same document", async () => {
  const bytes = simplePdf([{ content: showLines(WORDS) }]);
  const result = await extractAsync(bytes);
  expect(result).toEqual({ ok: true, document: read(bytes) });
});

test("the version names a release and a revision", () => {
  expect(engineVersion).toMatch(/^\d+\.\d+\.\d+-r\d+$/);
});

test("a range of pages and a cap on pages", () => {
  const bytes = simplePdf(["one", "two", "three", "four"].map((word) => ({ content: showLines([word]) })));
  const range = read(bytes, { pages: { from: 2, to: 3 } });
  expect([range.firstPage, range.pageCount, range.pages.length]).toEqual([2, 4, 2]);
  expect(allText(range)).toBe("two\nthree\n");
  expect(allText(read(bytes, { pages: { from: 4, to: 99 } }))).toBe("four\n");
  const capped = read(bytes, { maxPages: 1 });
  expect(allText(capped)).toBe("one\n");
  expect(capped.warnings.map((warning) => warning.code)).toEqual(["PAGES_LEFT_OUT"]);
});

test("options that no document could satisfy are the caller's mistake", () => {
  const bytes = simplePdf([{ content: showLines(WORDS) }]);
  expect(() => read(bytes, { maxPages: 0 })).toThrow(RangeError);
  expect(() => read(bytes, { pages: { from: 1.5, to: 2 } })).toThrow(RangeError);
});

test("metadata", () => {
  const writer = new PdfWriter();
  const info = writer.add(
    "<< /Title <FEFF0416043804370430> /Author (Ren\\351) /Keywords (a, b) /Producer (Test) " +
      "/CreationDate (D:20240229123456+01'00') /ModDate (nonsense) >>",
  );
  const catalog = "/Lang (fr-CA) /MarkInfo << /Marked true >> /StructTreeRoot << >> /Version /1.6";
  const { metadata } = read(simplePdf([{ content: showLines(WORDS) }], `/Info ${info} 0 R`, catalog, writer));
  expect(metadata).toEqual({
    title: "Жиза",
    author: "René",
    keywords: "a, b",
    producer: "Test",
    createdAt: "2024-02-29T12:34:56+01:00",
    language: "fr-CA",
    pdfVersion: "1.6",
    tagged: true,
    encrypted: false,
  });
});

test("verdicts", () => {
  const writer = new PdfWriter();
  const image = writer.addStream("x", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode");
  const blind = writer.add(
    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 1 /LastChar 4 " +
      "/Widths [1 1 1 1] /CharProcs << >> /Encoding << /Differences [1 /g1 /g2 /g3 /g4] >> >>",
  );
  const scan = `q 595 0 0 842 0 0 cm /Im Do Q\n`;
  const resources = `/XObject << /Im ${image} 0 R >>`;
  const document = read(
    simplePdf(
      [
        { content: showLines(WORDS) },
        { content: showLines(["17"]) },
        { content: scan, resources },
        { content: scan + showLines([...WORDS, ...WORDS]), resources },
        { content: "q 100 0 0 100 0 0 cm /Im Do Q", resources },
        { content: "BT /B 20 Tf 72 700 Td (\\001\\002\\003\\004\\001\\002) Tj ET", fonts: `/B ${blind} 0 R` },
        { content: "" },
      ],
      "",
      "",
      writer,
    ),
  );
  expect(document.pages.map((page) => page.verdict)).toEqual([
    "text",
    "sparse",
    "scanned",
    "text",
    "sparse",
    "garbled",
    "empty",
  ]);
  expect(document.pages[2]?.imageCoverage).toBe(1);
});

test("NUL and control characters never reach the text", () => {
  const writer = new PdfWriter();
  const map = writer.addStream(
    "1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar <41> <0000> <42> <0007> <43> <0043> endbfchar",
  );
  const font = writer.add(`<< /Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode ${map} 0 R >>`);
  const content = "BT /F2 12 Tf 72 700 Td (ABC) Tj ET";
  const text = allText(read(simplePdf([{ content, fonts: `/F2 ${font} 0 R` }], "", "", writer)));
  expect([...text].filter((c) => c < " " && c !== "\n")).toEqual([]);
  expect(text).toContain("C");
});
