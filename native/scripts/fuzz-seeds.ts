/** Writes the inputs fuzzing starts from, all made here: small documents, contents, CMaps, fonts, damage and packed data. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, deflateSync } from "node:zlib";
import { concat, latin1, PdfWriter, showLines, simplePdf, streamObject } from "../test/pdf-writer.ts";
import { cffFont, trueTypeFont, type1Font } from "./fuzz-fonts.ts";

const NATIVE = join(import.meta.dir, "..");
const SAMPLES = join(NATIVE, "../packages/testkit/samples/documents");

/** Samples above this slow a fuzzer down more than they teach it. */
const MAX_SAMPLE_BYTES = 24 << 10;

const CONTENTS = [
  showLines(["Two lines of text", "with a hyph-", "enated word and (parens)"]),
  "BT /F1 10 Tf 1 0 0 1 72 700 Tm [(Ker)-20(ned) 250 (text)] TJ 0 -12 TD (next) Tj T* (third) ' 1 2 (fourth) \" ET",
  "BT /F2 12 Tf 72 700 Td <00010002000300040005> Tj <001000110012> Tj ET",
  "BT /F3 1 Tf 10 0 0 10 72 700 Tm (ABCD) Tj ET BT /F4 9 Tf 500 800 Td <93FA967B8CEA> Tj ET",
  "q 0.5 0 0 0.5 10 10 cm /X Do Q q 595 0 0 842 0 0 cm /I Do Q",
  "/P <</MCID 0>> BDC BT /F1 9 Tf 9 9 Td (marked) Tj ET EMC /Span /P BDC BT /F1 9 Tf 9 20 Td (seen) Tj ET EMC",
  "/OC /O BDC BT /F1 9 Tf 9 9 Td (hidden) Tj ET EMC /Span <</ActualText <FEFF00E9>>> BDC BT /F1 9 Tf (e) Tj ET EMC",
  "BI /W 4 /H 2 /BPC 8 /CS /G ID abEI cdEI\nEI BT /F1 9 Tf 9 9 Td (after) Tj ET",
  "/G gs BT 3 Tr 2 Tc 1 Tw 90 Tz 3 Ts 14 TL (state) Tj T* (more) Tj ET 0 0 1 rg 1 2 m 3 4 l 5 6 7 8 9 10 c h S",
  `BT /F1 8 Tf ${Array.from({ length: 8 }, (_, i) => `1 0 0 1 ${60 + (i % 2) * 250} ${760 - 10 * (i >> 1)} Tm (cell ${i} of two columns) Tj`).join(" ")} ET`,
  "BT /F1 9 Tf 0 1 -1 0 300 300 Tm (turned) Tj 0.7 0.7 -0.7 0.7 50 50 Tm (aslant) Tj -1 0 0 -1 90 90 Tm (over) Tj ET",
  "BT /F1 9 Tf 72 700 Td (\\101\\(\\)\\\\\\n) Tj (1........2) Tj [(T)80(o)] TJ (\\264e\\250u) Tj ET",
];

const CMAPS = [
  "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " +
    "2 beginbfchar <0003> <0020> <0004> <D83DDE00> endbfchar 2 beginbfrange <0010> <0020> <0041> <0030> <0031> [<0061> <00660069>] " +
    "endbfrange endcmap",
  "/WMode 1 def 2 begincodespacerange <00> <80> <8140> <9FFC> endcodespacerange 1 begincidrange <20> <7e> 1 endcidrange " +
    "1 begincidchar <8140> 633 endcidchar",
  "/90ms-RKSJ-H usecmap /GBK-EUC-V usecmap 1 begincidrange <E040> <E0FC> 7000 endcidrange",
  "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange 1 beginbfchar <41> /eacute <42> (x) <43> <> endbfchar",
];

function documents(): [string, Uint8Array][] {
  const text = { content: showLines(["A page of text", "in two lines"]) };
  const many = CONTENTS.map((content) => ({ content }));
  const fonts = new PdfWriter();
  const font = (program: Uint8Array, key: string, entries: string) => {
    const file = fonts.addStream(program, entries);
    const descriptor = fonts.add(`<< /Type /FontDescriptor /FontName /Made /Flags 4 /${key} ${file} 0 R >>`);
    return fonts.add(`<< /Type /Font /Subtype /Type1 /BaseFont /Made /FontDescriptor ${descriptor} 0 R >>`);
  };
  const made = [
    font(type1Font(), "FontFile", `/Length1 ${type1Font().length}`),
    font(cffFont(), "FontFile3", "/Subtype /Type1C"),
    font(trueTypeFont(), "FontFile2", ""),
  ];
  const content = "BT /A 9 Tf 72 700 Td (ABC) Tj /B 9 Tf T* (ABC) Tj /C 9 Tf 0 -20 Td (ABC) Tj ET";
  const names = `/A ${made[0]} 0 R /B ${made[1]} 0 R /C ${made[2]} 0 R`;
  const outline = new PdfWriter();
  const top = outline.reserve();
  const first = outline.add(`<< /Title (One) /Parent ${top} 0 R /A << /S /GoTo /D (there) >> >>`);
  outline.set(top, `<< /First ${first} 0 R /Last ${first} 0 R >>`);
  const catalog =
    `/Outlines ${top} 0 R /PageLabels << /Nums [0 << /S /R /P (A-) /St 3 >>] >> /Lang (en) /MarkInfo << /Marked true >> ` +
    "/StructTreeRoot << >> /Names << /Dests << /Names [(there) [0 /Fit]] >> >>";
  const annotated = new PdfWriter();
  const look = annotated.addStream("BT /F1 9 Tf 2 2 Td (a field) Tj ET", "/Subtype /Form /BBox [0 0 90 12]");
  const annots = `/Rotate 90 /UserUnit 2 /Annots [<< /Subtype /Widget /Rect [9 9 99 21] /AP << /N ${look} 0 R >> >>]`;
  const chained = new PdfWriter();
  const hex = `${Buffer.from(deflateSync(latin1(showLines(["chained"])))).toString("hex")}>`;
  chained.addStream(hex, "/Filter [/ASCIIHexDecode /FlateDecode]");
  return [
    ["text", simplePdf([text])],
    ["contents", simplePdf(many)],
    ["fonts", simplePdf([{ content, fonts: names }], "", "", fonts)],
    ["outline", simplePdf([text, text], "", catalog, outline)],
    ["annotations", simplePdf([{ ...text, entries: annots }], "", "", annotated)],
    ["chained", simplePdf([text], "/Info << /Title (A title) /CreationDate (D:20260102030405Z) >>", "", chained)],
    ["object-stream", withObjectStream()],
  ];
}

/** Objects in an object stream, found by a cross-reference stream. */
function withObjectStream(): Uint8Array {
  const inner = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"];
  inner.push("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>");
  const body = inner.join(" ");
  const head = inner.map((_, i) => `${i + 1} ${inner.slice(0, i).join(" ").length + Math.min(i, 1)}`).join(" ");
  const header = latin1("%PDF-1.5\n");
  const content = concat([latin1("4 0 obj\n"), streamObject(showLines(["packed"])), latin1("\nendobj\n")]);
  const packed = deflateSync(latin1(`${head} ${body}`));
  const dict = `/Type /ObjStm /N 3 /First ${head.length + 1} /Filter /FlateDecode`;
  const objects = concat([latin1("5 0 obj\n"), streamObject(packed, dict), latin1("\nendobj\n")]);
  const at = [header.length, header.length + content.length, header.length + content.length + objects.length];
  const row = (kind: number, field: number, last: number) => [kind, field >> 8, field & 255, last];
  const rows = [[0, 0, 0, 0], row(2, 5, 0), row(2, 5, 1), row(2, 5, 2), ...at.map((offset) => row(1, offset, 0))];
  const table = streamObject(new Uint8Array(rows.flat()), "/Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R");
  const end = latin1(`\nendobj\nstartxref\n${at[2]}\n%%EOF\n`);
  return concat([header, content, objects, latin1("6 0 obj\n"), table, end]);
}

function samples(): [string, Uint8Array][] {
  const files = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).sort();
  const small = files.filter((file) => file.endsWith(".pdf") && statSync(join(SAMPLES, file)).size <= MAX_SAMPLE_BYTES);
  return small.map((file, i) => [`sample-${i}`, new Uint8Array(readFileSync(join(SAMPLES, file)))]);
}

/** The same bytes on every run. */
function noise(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state >> 16;
  });
}

function packedData(): Uint8Array[] {
  const text = latin1("the quick brown fox ".repeat(40));
  const packed = [
    deflateSync(text),
    deflateRawSync(text),
    new Uint8Array([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]),
    latin1("48656c6c6f>"),
    latin1('87cURD]i,"Ebo80z~>'),
    new Uint8Array([4, 1, 2, 3, 4, 5, 200, 7, 128]),
  ];
  return packed.flatMap((data) => [2, 12, 15].map((kind) => concat([new Uint8Array([kind, 1, 8, 5]), data])));
}

/** Inputs by target. */
function seeds(): Record<string, [string, Uint8Array][]> {
  const numbered = (list: (string | Uint8Array)[]) =>
    list.map((data, i): [string, Uint8Array] => [String(i), typeof data === "string" ? latin1(data) : data]);
  return {
    document: [...documents(), ...samples()],
    content_stream: numbered(CONTENTS),
    lexer: numbered([...CONTENTS, ...CMAPS]),
    cmap: numbered(CMAPS),
    font_program: numbered([type1Font(), cffFont(), cffFont(true), trueTypeFont(), trueTypeFont(cffFont())]),
    xref_repair: numbered(
      [0, 1, 2].flatMap((file) => [3, 9, 30].map((n) => concat([new Uint8Array([file]), noise(n, n)]))),
    ),
    layout: numbered([64, 256, 1024].map((n) => noise(n, n))),
    filters: numbered(packedData()),
  };
}

/** Writes the seeds of all targets to `folder`/TARGET. */
export async function writeSeeds(folder: string): Promise<void> {
  for (const [target, inputs] of Object.entries(seeds())) {
    const own = join(folder, target);
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
    for (const [name, data] of inputs) await Bun.write(join(own, name), data);
  }
}
