/** Structure on request: boxes, headings, lists, tables, outline, labels, reasons, quality, and what was repaired. */
import { describe, expect, test } from "bun:test";
import type { Block, DocumentStructure } from "../src/index.ts";
import { PdfWriter, concat, latin1, showLines, simplePdf } from "./pdf-writer.ts";
import { allText, read } from "./read.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

function structureOf(bytes: Uint8Array): DocumentStructure {
  const { structure } = read(bytes, { structure: true });
  if (structure === undefined) throw new Error("no structure was given");
  return structure;
}

function blocksOf(bytes: Uint8Array, page = 0): Block[] {
  return structureOf(bytes).pages[page]?.blocks ?? [];
}

function markdownOf(bytes: Uint8Array): string {
  return utf8.decode(read(bytes, { markdown: true }).markdown);
}

function warningsOf(bytes: Uint8Array): string[] {
  return read(bytes, { structure: true }).warnings.map(({ code }) => code);
}

const BODY = [
  "Running text of the body is set in ten points and goes on over some lines, so",
  "that its size is the size most characters have and headings stand out from it.",
];

/** A heading of 20 points, one of 14, a bold one of 10, each with running text, a list and a table. */
function report(): Uint8Array {
  const writer = new PdfWriter();
  const bold = writer.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
  const at = (font: string, size: number, x: number, y: number, text: string) =>
    `BT /${font} ${size} Tf ${x} ${y} Td (${text}) Tj ET\n`;
  const body = (y: number) => BODY.map((line, i) => at("F1", 10, 72, y - 12 * i, line)).join("");
  const content =
    at("F1", 20, 72, 770, "Annual Report") +
    body(735) +
    at("F1", 14, 72, 695, "Results") +
    body(675) +
    at("F2", 10, 72, 640, "Bold and short") +
    body(628) +
    at("F1", 10, 72, 590, "\\225 first point") +
    at("F1", 10, 72, 578, "\\225 second * point") +
    at("F1", 10, 72, 566, "1. numbered") +
    at("F1", 10, 72, 530, "Item") +
    at("F1", 10, 250, 530, "Price") +
    at("F1", 10, 72, 518, "Pens|ink") +
    at("F1", 10, 250, 518, "3.50") +
    at("F1", 10, 72, 506, "Paper") +
    at("F1", 10, 250, 506, "12.00");
  return simplePdf([{ content, fonts: `/F2 ${bold} 0 R` }], "", "", writer);
}

describe("blocks", () => {
  test("headings by size and weight, lists, tables, paragraphs", () => {
    const blocks = blocksOf(report());
    const shapes = blocks.map((block) => [block.kind, "level" in block ? block.level : undefined, block.text]);
    const paragraph = ["paragraph", undefined, BODY.join(" ")];
    expect(shapes).toEqual([
      ["heading", 1, "Annual Report"],
      paragraph,
      ["heading", 2, "Results"],
      paragraph,
      ["heading", 3, "Bold and short"],
      paragraph,
      ["listItem", undefined, "first point"],
      ["listItem", undefined, "second * point"],
      ["listItem", undefined, "numbered"],
      ["table", undefined, "Item\tPrice\nPens|ink\t3.50\nPaper\t12.00"],
    ]);
    expect(blocks.at(-1)).toMatchObject({
      rows: [
        ["Item", "Price"],
        ["Pens|ink", "3.50"],
        ["Paper", "12.00"],
      ],
    });
    expect(structureOf(report())).toMatchObject({
      bodySizePt: 10,
      fonts: [
        { name: "Helvetica", weight: 400, italic: false },
        { name: "Helvetica-Bold", weight: 700, italic: false },
      ],
    });
  });

  test("words have boxes in points from the upper left corner", () => {
    const [block] = blocksOf(simplePdf([{ content: "BT /F1 10 Tf 100 742 Td (Two words) Tj ET" }]));
    const words = block?.lines[0]?.words ?? [];
    expect(words.map(({ text }) => text)).toEqual(["Two", "words"]);
    // Helvetica: T 611, w 722, o 556; a space 278.
    expect(words[0]?.box[0]).toBe(100);
    expect(words[0]?.box[2]).toBeCloseTo(118.89, 1);
    expect(words[1]?.box[0]).toBeCloseTo(121.67, 1);
    const [, top = 0, , bottom = 0] = words[0]?.box ?? [];
    expect(top).toBeGreaterThan(90);
    expect(top).toBeLessThan(96);
    expect(bottom).toBeGreaterThan(100);
    expect(bottom).toBeLessThan(104);
    expect(words[0]).toMatchObject({ sizePt: 10, weight: 400, font: 0 });
  });

  test("rotation, crop box and user unit are applied", () => {
    const content = "BT /F1 10 Tf 100 700 Td (Here) Tj ET";
    const boxOf = (entries: string) => {
      const [block] = blocksOf(simplePdf([{ content, entries }]));
      const [left = 0, top = 0, right = 0, bottom = 0] = block?.lines[0]?.words[0]?.box.map(Math.round) ?? [];
      return { left, top, right, bottom };
    };
    const plain = boxOf("");
    expect(plain.left).toBe(100);
    expect(boxOf("/CropBox [50 100 550 800]")).toEqual({
      left: 50,
      top: plain.top - 42,
      right: plain.right - 50,
      bottom: plain.bottom - 42,
    });
    const doubled = boxOf("/UserUnit 2");
    expect(doubled.left).toBe(200);
    expect(doubled.bottom - doubled.top).toBe(20);
    // Turned clockwise: what ran to the right runs down, its baseline 700 points from the left edge.
    const turned = boxOf("/Rotate 90");
    expect(turned.top).toBe(100);
    expect(turned.left).toBeLessThan(700);
    expect(turned.right).toBeGreaterThan(700);
    const [block] = blocksOf(simplePdf([{ content, entries: "/Rotate 90" }]));
    expect(block?.lines[0]?.angle).toBe(-90);
  });

  test("words of a line are its text, whatever the line holds", () => {
    const kerned = "BT /F1 12 Tf 72 700 Td [(Sp) -20 (lit) -400 (wor) 30 (d) -3000 (cell)] TJ ET";
    const [block] = blocksOf(simplePdf([{ content: kerned }]));
    const line = block?.lines[0];
    expect(line?.text).toBe("Split word\tcell");
    expect(line?.words.map(({ text }) => text)).toEqual(["Split", "word", "cell"]);
    const edges = line?.words.flatMap(({ box }) => [box[0], box[2]]) ?? [];
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  });

  test("nobody who did not ask gets any, and the text stays the same", () => {
    const plain = read(report());
    expect(plain).not.toHaveProperty("structure");
    expect(plain).not.toHaveProperty("markdown");
    expect(allText(read(report(), { structure: true, markdown: true }))).toBe(allText(plain));
  });
});

describe("markdown", () => {
  test("headings, lists, tables; what is no markup is escaped", () => {
    expect(markdownOf(report())).toBe(
      [
        "# Annual Report",
        BODY.join(" "),
        "## Results",
        BODY.join(" "),
        "### Bold and short",
        BODY.join(" "),
        "- first point\n- second \\* point\n1. numbered",
        "| Item | Price |\n| --- | --- |\n| Pens\\|ink | 3.50 |\n| Paper | 12.00 |\n",
      ].join("\n\n"),
    );
  });
});

describe("tables", () => {
  const showAt = (shown: [x: number, y: number, text: string][]) =>
    `BT /F1 10 Tf ${shown.map(([x, y, text]) => `1 0 0 1 ${x} ${y} Tm (${text}) Tj`).join("\n")} ET`;
  /** Cells of rows at these heights, 130 points apart; empty ones are not shown. */
  const grid = (rows: [y: number, ...cells: string[]][]) =>
    rows.flatMap(([y, ...cells]) =>
      cells.flatMap((cell, at): [number, number, string][] => (cell === "" ? [] : [[72 + 130 * at, y, cell]])),
    );
  const tableOf = (shown: [number, number, string][]) => {
    const blocks = blocksOf(simplePdf([{ content: showAt(shown) }]));
    expect(blocks.map(({ kind }) => kind)).toEqual(["table"]);
    return blocks.flatMap((block) => (block.kind === "table" ? [block.rows, block.text] : []));
  };

  test("wrapped cells shown line by line are one cell: rows stand further apart than their lines", () => {
    const shown = grid([
      [700, "Part", "Description", "Price"],
      [680, "A-1", "a long", "9.00"],
      [668, "", "description", ""],
      [648, "B-2", "short", "8.00"],
      [628, "The last", "of all", "7.00"],
      [616, "one", "", ""],
    ]);
    const rows = [
      ["Part", "Description", "Price"],
      ["A-1", "a long description", "9.00"],
      ["B-2", "short", "8.00"],
      ["The last one", "of all", "7.00"],
    ];
    expect(tableOf(shown)).toEqual([rows, rows.map((row) => row.join("\t")).join("\n")]);
    expect(markdownOf(simplePdf([{ content: showAt(shown) }]))).toContain("| A-1 | a long description | 9.00 |");
  });

  test("lines in one distance: what had no room in the cell above belongs to it", () => {
    const [rows] = tableOf(
      grid([
        [700, "Part", "Description", "Price"],
        [688, "A-1", "a description of many", "9.00"],
        [676, "", "words that goes on un-", ""],
        [664, "", "til its end", ""],
        [652, "B-2", "short", "8.00"],
      ]),
    );
    expect(rows).toEqual([
      ["Part", "Description", "Price"],
      ["A-1", "a description of many words that goes on until its end", "9.00"],
      ["B-2", "short", "8.00"],
    ]);
  });

  test("cells shown one after the other, each with its lines", () => {
    const [rows] = tableOf([
      [72, 700, "Part"],
      [202, 700, "Description"],
      [332, 700, "Price"],
      [72, 680, "A-1"],
      [202, 680, "a long"],
      [202, 668, "description"],
      [202, 656, "of it"],
      [332, 680, "9.00"],
      [72, 636, "B-2"],
      [202, 636, "short"],
      [332, 636, "8.00"],
    ]);
    expect(rows).toEqual([
      ["Part", "Description", "Price"],
      ["A-1", "a long description of it", "9.00"],
      ["B-2", "short", "8.00"],
    ]);
  });

  test("rows with empty cells stay rows", () => {
    const shown: [number, ...string[]][] = [
      [700, "kind", "name", "count"],
      [680, "fruit", "apple", "3"],
      [668, "", "pear", "4"],
      [648, "root", "beet", "5"],
      [636, "", "carrot", "6"],
    ];
    expect(tableOf(grid(shown))[0]).toEqual(shown.map(([, ...cells]) => cells));
  });

  test("text close below a table is no cell", () => {
    const content = showAt([
      ...grid([
        [700, "Part", "Price"],
        [686, "A-1", "9.00"],
      ]),
      [72, 672, "A line of text that follows the table reaches over its columns and"],
      [72, 660, "goes on."],
    ]);
    expect(blocksOf(simplePdf([{ content }])).map(({ kind }) => kind)).toEqual(["table", "paragraph"]);
  });
});

describe("artefacts", () => {
  const line = (size: number, x: number, y: number, text: string) => `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET\n`;
  const body = (page: number) =>
    ["alpha", "beta", "gamma"]
      .map((word, i) => line(10, 72, 700 - 12 * i, `${word} is told on page ${page * 7}`))
      .join("");
  const rolesOf = (bytes: Uint8Array) =>
    structureOf(bytes).pages.map(({ blocks }) =>
      blocks.map((block) => [block.kind === "artefact" ? block.role : block.kind, block.text]),
    );

  test("heads, feet and page numbers by repetition, the numbers counting; all of it stays in the text", () => {
    const page = (number: number) => ({
      content:
        line(14, 72, 800, "Handbook of Things") +
        line(10, number % 2 === 0 ? 72 : 480, 786, `Page ${number} of 4`) +
        body(number) +
        line(8, 72, 44, "Not to be given away") +
        line(10, 290, 30, String(number)),
    });
    const bytes = simplePdf([1, 2, 3, 4].map(page));
    const pages = rolesOf(bytes);
    for (const [index, blocks] of pages.entries()) {
      expect(blocks.map(([kind]) => kind)).toEqual(["head", "head", "paragraph", "foot", "pageNumber"]);
      expect(blocks.map(([, text]) => text)).toContain(`Page ${index + 1} of 4`);
    }
    const markdown = markdownOf(bytes);
    expect(markdown).not.toContain("#");
    expect(markdown.match(/^Handbook of Things$/gm)).toHaveLength(4);
    expect(allText(read(bytes)).match(/Not to be given away/g)).toHaveLength(4);
  });

  test("a head in close order with the text is parted from it", () => {
    const page = (number: number) => ({
      content: line(10, 72, 712, "Handbook of Things") + body(number),
    });
    const [first] = rolesOf(simplePdf([page(1), page(2)]));
    expect(first?.map(([kind, text]) => [kind, text?.split(" ")[0]])).toEqual([
      ["head", "Handbook"],
      ["paragraph", "alpha"],
    ]);
  });

  test("chapters at the top of their pages and text inside the page are none", () => {
    const page = (number: number) => ({
      content: line(18, 72, 760, `Chapter ${number}`) + body(number) + line(10, 72, 500, "Said again on every page."),
    });
    for (const blocks of rolesOf(simplePdf([1, 2, 3].map(page)))) {
      expect(blocks.map(([kind]) => kind)).toEqual(["heading", "paragraph", "paragraph"]);
    }
  });

  test("marked content says so on a single page, its subtype comes first", () => {
    const marked = (entries: string, shown: string) => `/Artifact ${entries} ${shown} EMC\n`;
    const content =
      marked("BMC", line(20, 72, 800, "Letterhead")) +
      body(1) +
      marked("<< /Type /Pagination /Subtype /Watermark >> BDC", line(40, 100, 400, "DRAFT")) +
      marked("/Foot BDC", line(8, 72, 60, "Bank details")) +
      marked("<< /Type /Pagination >> BDC", line(8, 290, 30, "- 1 -"));
    const resources = "/Properties << /Foot << /Type /Pagination /Subtype /Footer >> >>";
    const bytes = simplePdf([{ content, resources }]);
    expect(rolesOf(bytes)[0]?.map(([kind]) => kind)).toEqual(["head", "paragraph", "other", "foot", "pageNumber"]);
    expect(markdownOf(bytes)).not.toContain("#");
    expect(allText(read(bytes))).toContain("DRAFT");
  });

  test("where more is marked than not the marks say nothing", () => {
    const content = `/Artifact BMC ${body(1)} EMC ${line(10, 72, 500, "The rest")}`;
    expect(rolesOf(simplePdf([{ content }]))[0]?.map(([kind]) => kind)).toEqual(["paragraph", "paragraph"]);
  });
});

describe("the document about itself", () => {
  test("outline with pages by array, name and action; cycles end", () => {
    const writer = new PdfWriter();
    const ids = [1, 2, 3, 4].map(() => writer.reserve());
    const [root, one, two, three] = ids as [number, number, number, number];
    // Page objects of simplePdf follow: font, tree, then (stream, page) for each page.
    const page = (index: number) => 4 + 2 + 2 * (index + 1);
    writer.set(root, `<< /First ${one} 0 R /Last ${two} 0 R >>`);
    writer.set(one, `<< /Title (One) /Dest [${page(0)} 0 R /Fit] /Next ${two} 0 R /First ${three} 0 R >>`);
    writer.set(two, `<< /Title (Two) /A << /S /GoTo /D (second) >> /Next ${one} 0 R >>`);
    writer.set(three, `<< /Title <FEFF00C900740065> /Dest /old /Next ${three} 0 R >>`);
    const catalog =
      `/Outlines ${root} 0 R /Dests << /old [${page(0)} 0 R /Fit] >> ` +
      `/Names << /Dests << /Names [(second) << /D [${page(1)} 0 R /Fit] >>] >> >> /Lang (de-CH) ` +
      "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) /St 5 >>] >>";
    const document = read(
      simplePdf([{ content: showLines(["a"]) }, { content: showLines(["b"]) }], "", catalog, writer),
      { structure: true },
    );
    expect(document.structure?.outline).toEqual([
      { title: "One", page: 1, children: [{ title: "Éte", page: 1 }] },
      { title: "Two", page: 2 },
    ]);
    expect(document.structure?.pageLabels).toEqual(["i", "A-5"]);
    expect(document.metadata).toMatchObject({ language: "de-CH", tagged: false });
  });

  test("an outline as deep and long as an attacker likes stays bounded", () => {
    const chain = (link: string, count: number) => {
      const writer = new PdfWriter();
      const root = writer.reserve();
      writer.set(root, `<< /First ${root + 1} 0 R >>`);
      for (let i = 1; i <= count; i += 1) writer.add(`<< /Title (${i}) /${link} ${root + i + 1} 0 R >>`);
      return structureOf(simplePdf([{ content: "" }], "", `/Outlines ${root} 0 R`, writer)).outline;
    };
    let depth = 0;
    for (let [item] = chain("First", 5_000); item !== undefined; [item] = item.children ?? []) depth += 1;
    expect(depth).toBe(32);
    expect(chain("Next", 60_000)).toHaveLength(50_000);
  });

  test("the same bytes give the same structure", () => {
    const [once, again] = [report(), report()].map((bytes) => JSON.stringify(structureOf(bytes)));
    expect(again).toBe(once ?? "");
  });

  test("reasons and quality name the figures", () => {
    const scan = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";
    const { pages, quality } = structureOf(simplePdf([{ content: showLines(BODY) }, { content: scan }]));
    expect(pages.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
      ["CHARACTERS"],
      ["IMAGE_COVERAGE", "FEW_CHARACTERS"],
    ]);
    expect(pages[1]?.reasons[0]?.message).toBe("images cover 100 % of the page");
    expect(pages[0]).toMatchObject({ unmappedGlyphs: 0, unmappedShare: 0 });
    expect(quality).toEqual({ grade: "D", score: 0.5, mapped: 1, readable: 0.5, clean: 1 });
    expect(structureOf(simplePdf([{ content: "" }]))).not.toHaveProperty("quality");
  });
});

describe("repairs are named", () => {
  const sound = simplePdf([{ content: showLines(BODY) }]);
  const text = allText(read(sound));
  const swap = (from: string, to: string) => latin1(Buffer.from(sound).toString("latin1").replace(from, to));

  test("a sound file has none", () => {
    expect(warningsOf(sound)).toEqual([]);
  });

  test.each([
    ["garbage before the header", concat([latin1("garbage\n"), sound]), "GARBAGE_BEFORE_HEADER"],
    ["startxref that points nowhere", swap("startxref\n", "startxref\n9"), "XREF_REBUILT"],
    ["entries that miss their objects", swap("0000000015 00000 n", "0000000016 00000 n"), "WRONG_XREF_ENTRIES"],
    ["a file without its end", sound.subarray(0, Buffer.from(sound).lastIndexOf("xref\n0")), "FILE_TRUNCATED"],
    ["wrong stream length", swap("/Length 1", "/Length 9"), "WRONG_STREAM_LENGTH"],
    ["missing endobj", swap("\nendobj\n", "\n      \n"), "MISSING_ENDOBJ"],
    ["wrong count", swap("/Count 1", "/Count 7"), "WRONG_PAGE_COUNT"],
  ])("%s", (_, bytes, code) => {
    expect(warningsOf(bytes)).toContain(code);
    expect(allText(read(bytes))).toBe(text);
  });

  test("a page tree that holds itself", () => {
    const writer = new PdfWriter();
    const tree = writer.reserve();
    const page = writer.add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 100 100] >>`);
    writer.set(tree, `<< /Type /Pages /Count 1 /Kids [${page} 0 R ${tree} 0 R ${page} 0 R] >>`);
    const bytes = writer.finish(writer.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`));
    expect(warningsOf(bytes)).toEqual(["PAGE_TREE_CYCLE", "PAGE_TREE_REPEAT"]);
  });
});
