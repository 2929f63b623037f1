/** Small files that would become large ones: each ends with the name of the limit it reached, in little time and memory. */
import { expect, test } from "bun:test";
import { deflateSync } from "node:zlib";
import { extract, type ExtractErrorCode } from "../src/index.ts";
import { latin1, PdfWriter, showLines, simplePdf } from "./pdf-writer.ts";
import { allText, read } from "./read.ts";

/** Far above what a bomb takes when it is stopped in time, far below what it would become. */
const MAX_GROWTH_BYTES = 1 << 30;

/** The error of the only page of a document whose content is `data` under `filters`. */
function codeOf(data: Uint8Array, filters: string): ExtractErrorCode | undefined {
  const writer = new PdfWriter();
  const bomb = writer.addStream(data, `/Filter ${filters}`);
  const tree = writer.reserve();
  const good = writer.addStream(showLines(["the page after it"]));
  const font = writer.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const page = (content: number) =>
    writer.add(
      `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R ` +
        `/Resources << /Font << /F1 ${font} 0 R >> >> >>`,
    );
  const kids = [page(bomb), page(good)];
  writer.set(tree, `<< /Type /Pages /Count 2 /Kids [${kids.map((id) => `${id} 0 R`).join(" ")}] >>`);
  const bytes = writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
  const before = process.memoryUsage.rss();
  const document = read(bytes);
  expect(process.memoryUsage.rss() - before).toBeLessThan(MAX_GROWTH_BYTES);
  expect(allText(document)).toEndWith("the page after it\n");
  return document.pages[0]?.error?.code;
}

/** `times` deflated streams inside one another. */
function nested(times: number, size: number): Uint8Array {
  let data: Uint8Array = new Uint8Array(size).fill(32);
  for (let i = 0; i < times; i += 1) data = deflateSync(data, { level: 9 });
  return data;
}

test("Flate, once and in a chain", () => {
  expect(codeOf(nested(1, 300 << 20), "/FlateDecode")).toBe("DECOMPRESSION_LIMIT");
  expect(codeOf(nested(2, 200 << 20), "[/FlateDecode /FlateDecode]")).toBe("DECOMPRESSION_RATIO_LIMIT");
  expect(codeOf(nested(3, 200 << 20), "[/FlateDecode /Fl /FlateDecode]")).toBe("DECOMPRESSION_RATIO_LIMIT");
}, 60_000);

test("LZW", () => {
  // Twelve-bit codes that each repeat the one before and a byte more, until the table is full.
  const bits: string[] = [];
  let width = 9;
  const put = (code: number) => bits.push(code.toString(2).padStart(width, "0"));
  for (let round = 0; round < 40; round += 1) {
    put(256);
    width = 9;
    put(32);
    for (let code = 258; code < 4094; code += 1) {
      width = code + 2 > 2048 ? 12 : code + 2 > 1024 ? 11 : code + 2 > 512 ? 10 : 9;
      put(code);
    }
  }
  const stream = bits.join("");
  const packed = Uint8Array.from({ length: stream.length >> 3 }, (_, i) => Number.parseInt(stream.substr(i * 8, 8), 2));
  expect(codeOf(packed, "/LZWDecode")).toBe("DECOMPRESSION_LIMIT");
}, 60_000);

test("RunLength and ASCII85, which multiply by little, behind Flate", () => {
  const runs = deflateSync(new Uint8Array(16 << 20).fill(129).map((byte, i) => (i % 2 === 0 ? byte : 32)));
  expect(codeOf(runs, "[/FlateDecode /RunLengthDecode]")).toBe("DECOMPRESSION_LIMIT");
  const zeros = deflateSync(latin1("z".repeat(80 << 20)));
  expect(codeOf(zeros, "[/FlateDecode /ASCII85Decode]")).toBe("DECOMPRESSION_LIMIT");
}, 60_000);

test("a small stream shown by a page again and again", () => {
  const writer = new PdfWriter();
  const part = writer.addDeflated(new Uint8Array(20 << 20).fill(32));
  const entries = `/Contents [${`${part} 0 R `.repeat(10_000)}]`;
  const bytes = simplePdf([{ content: "", entries }, { content: showLines(["next"]) }], "", "", writer);
  // Of two entries with one name the last counts.
  const document = read(bytes);
  expect(document.pages[0]?.error?.code).toBe("DECOMPRESSION_LIMIT");
  expect(allText(document)).toBe("next\n");
}, 60_000);

test("forms and fonts that are bombs cost their page", () => {
  const writer = new PdfWriter();
  const form = writer.addDeflated(new Uint8Array(300 << 20).fill(32), "/Subtype /Form /BBox [0 0 1 1]");
  const map = writer.addDeflated(new Uint8Array(300 << 20).fill(32));
  const font = writer.add(`<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode ${map} 0 R >>`);
  const document = read(
    simplePdf(
      [
        { content: "/X Do", resources: `/XObject << /X ${form} 0 R >>` },
        { content: "BT /F2 9 Tf 9 9 Td (read by its names) Tj ET", fonts: `/F2 ${font} 0 R` },
      ],
      "",
      "",
      writer,
    ),
  );
  expect(document.pages.map((page) => page.error?.code)).toEqual(["DECOMPRESSION_LIMIT", undefined]);
  expect(allText(document)).toBe("read by its names\n");
}, 60_000);

test("a cross-reference stream that names more objects than there can be", () => {
  const entries = deflateSync(new Uint8Array(180 << 20).fill(1));
  const start = 9;
  const head = `%PDF-1.5\n1 0 obj\n<< /Type /XRef /Size 60000000 /W [1 1 1] /Root 2 0 R /Filter /FlateDecode /Length ${entries.length} >>\nstream\n`;
  const tail = `\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`;
  const result = extract(new Uint8Array(Buffer.concat([latin1(head), entries, latin1(tail)])));
  expect(result.ok ? "" : result.error.code).toBe("OBJECT_LIMIT");
}, 60_000);
