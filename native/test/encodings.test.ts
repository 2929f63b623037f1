import { expect, test } from "bun:test";
import { PdfWriter, simplePdf } from "./pdf-writer.ts";
import { allText, read } from "./read.ts";

/** Text of a page that shows `content` with font /T, whose dictionary `font` writes. */
function textOf(content: string, font: (writer: PdfWriter) => string, entries = ""): string {
  const writer = new PdfWriter();
  const id = writer.add(`<< /Type /Font ${font(writer)} >>`);
  return allText(read(simplePdf([{ content, fonts: `/T ${id} 0 R`, entries }], "", "", writer)));
}

function hex(text: string, encode: (unit: number) => number[]): string {
  return Array.from(text, (_, i) => encode(text.charCodeAt(i)).map((byte) => byte.toString(16).padStart(2, "0")))
    .flat()
    .join("");
}

const utf16 = (text: string) => hex(text, (unit) => [unit >> 8, unit & 0xff]);

test("glyph names: of the list, composed, numbered, with suffixes, and those that mean nothing", () => {
  const names = "/f_f_i /uni0416 /u1F600 /a.sc /Eacute /g23 /afii10017 /uni00410042 /Asmall";
  const font = () => `/Subtype /Type1 /BaseFont /Any /Encoding << /Differences [65 ${names}] >>`;
  expect(textOf("BT /T 12 Tf 72 700 Td (ABCDEFGHI) Tj ET", font)).toBe("ffiЖ\u{1F600}aÉ\uFFFDАABa\n");
});

test("symbolic standard fonts have encodings of their own", () => {
  expect(textOf("BT /T 12 Tf 72 700 Td (abW) Tj ET", () => "/Subtype /Type1 /BaseFont /Symbol")).toBe("αβΩ\n");
  expect(textOf("BT /T 12 Tf 72 700 Td (4!) Tj ET", () => "/Subtype /Type1 /BaseFont /ZapfDingbats")).toBe("✔✁\n");
});

test("single-byte encodings: WinAnsi, MacRoman, standard", () => {
  const font = (encoding: string) => () => `/Subtype /Type1 /BaseFont /Times-Roman ${encoding}`;
  expect(textOf("BT /T 12 Tf 72 700 Td (\\200\\222\\351) Tj ET", font("/Encoding /WinAnsiEncoding"))).toBe("€’é\n");
  expect(textOf("BT /T 12 Tf 72 700 Td (\\216\\325\\333) Tj ET", font("/Encoding /MacRomanEncoding"))).toMatch(
    /^é’[€¤]\n$/,
  );
  expect(textOf("BT /T 12 Tf 72 700 Td ('\\256\\341) Tj ET", font(""))).toBe("’fiÆ\n");
});

test("the built-in encoding of a Type 1 program names its codes", () => {
  const program =
    "%!PS-AdobeFont-1.0: Any\n/Encoding 256 array\ndup 65 /alpha put\ndup 66 /beta put readonly def\ncurrentfile eexec\n";
  const font = (writer: PdfWriter) => {
    const file = writer.addStream(program, `/Length1 ${program.length} /Length2 0 /Length3 0`);
    const descriptor = writer.add(`<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontFile ${file} 0 R >>`);
    return `/Subtype /Type1 /BaseFont /Any /FontDescriptor ${descriptor} 0 R`;
  };
  expect(textOf("BT /T 12 Tf 72 700 Td (AB) Tj ET", font)).toBe("αβ\n");
});

/** A composite font without a program, encoded by `encoding`, of an Adobe collection. */
function collected(encoding: string, ordering: string): (writer: PdfWriter) => string {
  return (writer) => {
    const info = `<< /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >>`;
    const child = writer.add(`<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Any /CIDSystemInfo ${info} >>`);
    return `/Subtype /Type0 /BaseFont /Any /Encoding ${encoding} /DescendantFonts [${child} 0 R]`;
  };
}

test("vertical writing: from the top down, columns from the right", () => {
  const columns = ["すべての人間は、", "生まれながらにして", "自由であり、"];
  const shown = columns.map((column, i) => `1 0 0 1 ${400 - 20 * i} 700 Tm <${utf16(column)}> Tj`).join(" ");
  const text = textOf(`BT /T 12 Tf ${shown} ET`, collected("/UniJIS-UTF16-V", "Japan1"));
  expect(text.split("\n").filter(Boolean)).toEqual(columns);
});

test("vertical text set upright, glyph by glyph, in a font that is not vertical", () => {
  const columns = ["人人生而自由在尊严和权利上", "一律平等他们赋有理性和良心", "并应以兄弟关系的精神相对待"];
  const shown = columns.flatMap((column, x) =>
    [...column].map((c, y) => `1 0 0 1 ${400 - 20 * x} ${700 - 12 * y} Tm <${utf16(c)}> Tj`),
  );
  const text = textOf(`BT /T 12 Tf ${shown.join(" ")} ET`, collected("/UniGB-UCS2-H", "GB1"));
  expect(text.split("\n").filter(Boolean)).toEqual(columns);
});

test("an embedded CMap that uses a predefined one and changes some codes", () => {
  const cmap = "/UniKS-UCS2-H usecmap 1 begincidchar <0041> 1086 endcidchar";
  const font = (writer: PdfWriter) => {
    const id = writer.addStream(cmap, "/Type /CMap /CMapName /Own /UseCMap /UniKS-UCS2-H");
    return collected(`${id} 0 R`, "Korea1")(writer);
  };
  expect(textOf(`BT /T 12 Tf 72 700 Td <${utf16("AB각")}> Tj ET`, font)).toBe("가B각\n");
});

test("codes of a font without program, CMap and collection are Unicode", () => {
  expect(textOf(`BT /T 12 Tf 72 700 Td <${utf16("Grüße")}> Tj ET`, collected("/Identity-H", "Identity"))).toBe(
    "Grüße\n",
  );
});

test("blanks part pieces that wrong widths push into one another", () => {
  const words = "BT /T 10 Tf 72 700 Td [(one) 900 (two) 1900 ( ) 700 (three)] TJ ET";
  const font = () => `/Subtype /Type1 /BaseFont /Any /FirstChar 32 /LastChar 122 /Widths [${"1000 ".repeat(91)}]`;
  expect(textOf(words, font)).toBe("onetwo three\n");
});

test("fields and notes without an appearance show their values, passwords do not", () => {
  const writer = new PdfWriter();
  const parent = writer.add("<< /FT /Tx /T (name) /V (Ada Lovelace) >>");
  const annotations = [
    `<< /Type /Annot /Subtype /Widget /Parent ${parent} 0 R /Rect [200 696 400 712] >>`,
    "<< /Type /Annot /Subtype /Widget /FT /Tx /Ff 8192 /V (secret) /Rect [200 660 400 676] >>",
    "<< /Type /Annot /Subtype /FreeText /Contents (A note\\ron two lines) /Rect [72 500 300 540] >>",
    "<< /Type /Annot /Subtype /Text /Contents (a comment, shown on demand) /Rect [72 400 90 420] >>",
  ].map((body) => `${writer.add(body)} 0 R`);
  const content = "BT /F1 10 Tf 72 700 Td (Name) Tj ET";
  const document = read(simplePdf([{ content, entries: `/Annots [${annotations.join(" ")}]` }], "", "", writer));
  expect(allText(document)).toBe("Name\tAda Lovelace\n\nA note\non two lines\n");
});
