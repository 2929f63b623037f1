import { expect, test } from "bun:test";
import { PdfWriter, type SimplePage, showLines, simplePdf } from "./pdf-writer.ts";
import { allText, read } from "./read.ts";

/** Text of a one-page document. */
function textOf(content: string, page: Omit<SimplePage, "content"> = {}, writer?: PdfWriter): string {
  return allText(read(simplePdf([{ content, ...page }], "", "", writer)));
}

/** Shows each string at its place. */
function at(...shown: [x: number, y: number, text: string][]): string {
  return `BT /F1 10 Tf ${shown.map(([x, y, text]) => `1 0 0 1 ${x} ${y} Tm (${text}) Tj`).join("\n")} ET`;
}

test("words by gaps, not by kerning", () => {
  expect(textOf("BT /F1 10 Tf 72 700 Td [(W)80(ord)-300(one)-250(and)-300(t)20(w)10(o)] TJ ET")).toBe(
    "Word one and two\n",
  );
});

test("spaced-out letters are one word", () => {
  expect(textOf("BT /F1 10 Tf 72 700 Td [(I)-300(N)-300(V)-300(O)-300(I)-300(C)-300(E)] TJ ET")).toBe("INVOICE\n");
});

test("columns shown one after the other are read one after the other", () => {
  const left = Array.from({ length: 6 }, (_, i): [number, number, string] => [
    50,
    700 - 14 * i,
    `left line number ${i} of six`,
  ]);
  const right = Array.from({ length: 6 }, (_, i): [number, number, string] => [
    320,
    700 - 14 * i,
    `right line number ${i} of six`,
  ]);
  const lines = textOf(at([50, 740, "A heading over both of the columns that is rather long"], ...left, ...right))
    .split("\n")
    .filter(Boolean);
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "A",
    ...Array<string>(6).fill("left"),
    ...Array<string>(6).fill("right"),
  ]);
});

test("tables are read by row, cells parted by tabs", () => {
  const rows = [
    ["Item", "Count", "Price"],
    ["Bolt", "12", "3.40"],
    ["Nut", "7", "1.10"],
  ].flatMap((cells, row) =>
    cells.map((cell, column): [number, number, string] => [72 + 150 * column, 700 - 15 * row, cell]),
  );
  expect(textOf(at(...rows))).toBe("Item\tCount\tPrice\nBolt\t12\t3.40\nNut\t7\t1.10\n");
});

test("a wrapped cell stays in its row", () => {
  const text = textOf(
    at(
      ...([
        [72, 700, "A-1"],
        [150, 700, "a long"],
        [150, 688, "description"],
        [300, 700, "9.00"],
        [72, 670, "B-2"],
        [150, 670, "short"],
        [300, 670, "8.00"],
      ] satisfies [number, number, string][]),
    ),
  );
  expect(text.replaceAll(/\n+/g, "\n")).toBe("A-1\ta long description\t9.00\nB-2\tshort\t8.00\n");
});

test("a word broken at a line end is joined, a real hyphen stays", () => {
  expect(textOf(showLines(["an exam-", "ple of a word"]))).toBe("an example\nof a word\n");
  expect(textOf(showLines(["the year 2024-", "2025 and Anglo-", "Saxon"]))).toBe(
    "the year 2024-\n2025 and Anglo-\nSaxon\n",
  );
});

test("accents set apart are put on their letters", () => {
  // The accent is shown first and the letter is moved back under it, as TeX does.
  expect(textOf("BT /F1 10 Tf 72 700 Td [(libert)(\\264)333(e)-300(a)(\\250)333(o)] TJ ET")).toContain("liberté");
});

test("text drawn twice for a bold look is read once", () => {
  expect(textOf(at([72, 700, "Total due"], [72.3, 700, "Total due"], [72, 688, "12"]))).toBe("Total due\n12\n");
});

test("ActualText replaces what is shown", () => {
  const content = "BT /F1 10 Tf 72 700 Td /Span << /ActualText (fine) >> BDC (f?ne) Tj EMC ( print) Tj ET";
  expect(textOf(content)).toBe("fine print\n");
});

test("hidden layers are not read", () => {
  const writer = new PdfWriter();
  const on = writer.add("<< /Type /OCG /Name (on) >>");
  const off = writer.add("<< /Type /OCG /Name (off) >>");
  const catalog = `/OCProperties << /OCGs [${on} 0 R ${off} 0 R] /D << /OFF [${off} 0 R] >> >>`;
  const content = `/OC /On BDC ${at([72, 700, "seen"])} EMC /OC /Off BDC ${at([72, 680, "hidden"])} EMC`;
  const resources = `/Properties << /On ${on} 0 R /Off ${off} 0 R >>`;
  expect(allText(read(simplePdf([{ content, resources }], "", catalog, writer)))).toBe("seen\n");
});

test("the invisible text of a recognised scan is read", () => {
  expect(textOf("BT 3 Tr /F1 10 Tf 72 700 Td (recognised) Tj ET")).toBe("recognised\n");
});

test("forms are read with their own resources, and inline images are skipped", () => {
  const writer = new PdfWriter();
  const font = writer.add("<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>");
  const form = writer.addDeflated(
    "BT /Own 10 Tf 0 0 Td (inside the form) Tj ET",
    `/Type /XObject /Subtype /Form /BBox [0 0 300 50] /Matrix [1 0 0 1 72 600] /Resources << /Font << /Own ${font} 0 R >> >>`,
  );
  const image = "BI /W 4 /H 2 /BPC 8 /CS /G ID ab EI (x) EI\n";
  const content = `${image} ${at([72, 700, "before"])} /Fm Do`;
  expect(textOf(content, { resources: `/XObject << /Fm ${form} 0 R >>` }, writer)).toBe("before\n\ninside the form\n");
});

test("rotated pages and rotated text", () => {
  const turned = simplePdf([
    { content: "BT /F1 10 Tf 0 1 -1 0 100 72 Tm (along the side) Tj ET", entries: "/Rotate 90" },
  ]);
  expect(allText(read(turned))).toBe("along the side\n");
  const mixed = "BT /F1 10 Tf 0 1 -1 0 30 72 Tm (margin note) Tj 1 0 0 1 72 700 Tm (upright text) Tj ET";
  expect(textOf(mixed)).toBe("upright text\n\nmargin note\n");
});

test("form fields are read beside their labels", () => {
  const writer = new PdfWriter();
  const value = writer.addDeflated(
    "BT /F1 10 Tf 2 4 Td (Ada Lovelace) Tj ET",
    "/Type /XObject /Subtype /Form /BBox [0 0 200 16]",
  );
  const field = writer.add(`<< /Type /Annot /Subtype /Widget /Rect [200 696 400 712] /AP << /N ${value} 0 R >> >>`);
  const secret = writer.add(
    `<< /Type /Annot /Subtype /Widget /F 2 /Rect [200 600 400 616] /AP << /N ${value} 0 R >> >>`,
  );
  const page = { content: at([72, 700, "Name"]), entries: `/Annots [${field} 0 R ${secret} 0 R]` };
  expect(allText(read(simplePdf([page], "", "", writer)))).toBe("Name\tAda Lovelace\n");
});

test("right-to-left text comes in logical order", () => {
  const writer = new PdfWriter();
  const letters = "אבגדהוזחטיכלמנסעפצקרשת";
  const entries = [...letters].map((c, i) => `<${hex(0x41 + i, 2)}> <${hex(c.codePointAt(0) ?? 0, 4)}>`).join(" ");
  const map = writer.addStream(
    `${letters.length} beginbfchar ${entries} endbfchar 2 beginbfchar <20> <0020> <31> <0031> endbfchar`,
  );
  const font = writer.add(`<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode ${map} 0 R >>`);
  const code = (word: string) => [...word].map((c) => String.fromCharCode(0x41 + letters.indexOf(c))).join("");
  const seen = `11 ${code([..."עולמ"].toReversed().join(""))} ${code([..."שלומ"].toReversed().join(""))}`;
  expect(textOf(`BT /H 12 Tf 72 700 Td (${seen}) Tj ET`, { fonts: `/H ${font} 0 R` }, writer)).toBe("שלומ עולמ 11\n");
});

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
