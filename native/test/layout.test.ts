/** Reading order and lines of small pages: drop caps, columns, floats, footnotes, raised and lowered text, turned text. */
import { describe, expect, test } from "bun:test";
import { simplePdf } from "./pdf-writer.ts";
import { allText, read } from "./read.ts";

type Shown = [x: number, y: number, text: string, size?: number];

/** Shows each string at its place, in the order given. */
function show(...shown: Shown[]): string {
  const each = shown.map(([x, y, text, size = 10]) => `/F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${text}) Tj`);
  return `BT ${each.join("\n")} ET\n`;
}

function textOf(content: string, entries = ""): string {
  return allText(read(simplePdf([{ content, entries }])));
}

/** Lines of text, blank ones left out. */
function linesOf(content: string): string[] {
  return textOf(content).split("\n").filter(Boolean);
}

/** Lines of a column, named so that the order can be told. */
function column(name: string, x: number, y: number, count: number, leading = 12): Shown[] {
  return Array.from({ length: count }, (_, i) => [x, y - leading * i, `${name} line ${i} of running text`]);
}

function names(lines: string[]): string[] {
  return lines.map((line) => line.split(" ")[0] ?? "");
}

const times = (count: number, name: string) => Array<string>(count).fill(name);

describe("columns", () => {
  test("a full-width heading between two parts of two columns", () => {
    const lines = linesOf(
      show(
        ...column("a", 50, 760, 5),
        ...column("b", 310, 760, 5),
        [50, 680, "Heading that reaches over both of the columns of this page", 14],
        ...column("c", 50, 650, 5),
        ...column("d", 310, 650, 5),
      ),
    );
    expect(names(lines)).toEqual([...times(5, "a"), ...times(5, "b"), "Heading", ...times(5, "c"), ...times(5, "d")]);
  });

  test("three columns", () => {
    const lines = linesOf(show(...column("a", 40, 760, 6), ...column("b", 220, 760, 6), ...column("c", 400, 760, 6)));
    expect(names(lines)).toEqual([...times(6, "a"), ...times(6, "b"), ...times(6, "c")]);
  });

  test("a figure with its caption inside a column stays there", () => {
    const lines = linesOf(
      show(
        ...column("a", 50, 760, 3),
        [60, 640, "Figure 1: what is seen", 8],
        ...column("aa", 50, 610, 3),
        ...column("b", 310, 760, 15),
      ),
    );
    expect(names(lines)).toEqual([...times(3, "a"), "Figure", ...times(3, "aa"), ...times(15, "b")]);
  });

  test("a float above the text of the right column stays in that column", () => {
    const lines = linesOf(
      show(...column("a", 50, 760, 8), [310, 760, "Table 1: what is counted", 8], ...column("b", 310, 730, 6)),
    );
    expect(names(lines)).toEqual([...times(8, "a"), "Table", ...times(6, "b")]);
  });

  test("footnotes stand after their column", () => {
    const lines = linesOf(
      show(
        ...column("a", 50, 760, 8),
        [50, 650, "1", 6],
        [54, 647, "note of the left column", 8],
        ...column("b", 310, 760, 9),
        [310, 640, "2", 6],
        [314, 637, "note of the right column", 8],
      ),
    );
    expect(names(lines)).toEqual([...times(8, "a"), "1", ...times(9, "b"), "2"]);
  });
});

describe("lines", () => {
  describe("a drop cap", () => {
    test("belongs to the word it starts, over two lines and over three", () => {
      const two: Shown[] = [
        [72, 690, "O", 34],
        [99, 704, "nce upon a time there was a page of text"],
        [99, 690, "whose first letter was as high as two lines"],
        [72, 676, "and the third one went below it."],
      ];
      const lines = ["Once upon a time there was a page of text", "whose first letter was as high as two lines"];
      expect(textOf(show(...two))).toBe(`${[...lines, "and the third one went below it."].join("\n")}\n`);
      const three: Shown[] = [
        [72, 676, "T", 50],
        [105, 704, "he letter stands apart from its word"],
        [105, 690, "and is as high as three lines"],
        [105, 676, "of the text beside it"],
      ];
      expect(linesOf(show(...three))[0]).toBe("The letter stands apart from its word");
    });

    test("that is a word of its own is parted by its gap", () => {
      const page: Shown[] = [
        [72, 690, "A", 34],
        [99, 704, "page of text"],
        [99, 690, "beside its first letter"],
      ];
      expect(linesOf(show(...page))[0]).toBe("A page of text");
    });

    test("is none without a line beside its foot", () => {
      const page: Shown[] = [
        [72, 690, "B", 34],
        [99, 704, "lock of the building"],
      ];
      expect(textOf(show(...page))).not.toContain("Block");
    });
  });

  test("raised and lowered text stays in place", () => {
    const raised =
      "BT /F1 10 Tf 72 700 Td (x) Tj /F1 7 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( and H) Tj /F1 7 Tf -3 Ts (2) Tj 0 Ts /F1 10 Tf (O are here) Tj ET";
    expect(textOf(raised)).toBe("x2 and H2O are here\n");
    expect(textOf(show([72, 700, "E = mc"], [103.6, 704, "2", 7], [111, 700, "as said"]))).toBe("E = mc2 as said\n");
  });

  test("the number of a note stands before its first word, the one of an isotope with its symbol", () => {
    expect(textOf(show([72, 703, "14", 6], [79, 700, "aptitude is a program"]))).toBe("14 aptitude is a program\n");
    expect(textOf(show([72, 700, "2", 7], [76, 700, "smaller than the text"]))).toBe("2 smaller than the text\n");
    expect(textOf(show([72, 703, "14", 6], [79, 700, "C decays slowly"]))).toBe("14C decays slowly\n");
    expect(textOf(show([72, 700, "10"], [83.2, 700, "network"]))).toBe("10network\n");
    const [block] =
      read(simplePdf([{ content: show([72, 703, "14", 6], [79, 700, "aptitude"]) }]), { structure: true }).structure
        ?.pages[0]?.blocks ?? [];
    const words = block?.lines[0]?.words ?? [];
    expect(words.map(({ text, box }) => [text, box[0]])).toEqual([
      ["14", 72],
      ["aptitude", 79],
    ]);
  });

  test("an address broken at its hyphen keeps it", () => {
    const lines = show(
      [72, 700, "see https://example.org/d-"],
      [72, 688, "i/late.html and a bro-"],
      [72, 676, "ken word"],
    );
    expect(textOf(lines)).toBe("see https://example.org/d-i/late.html\nand a broken\nword\n");
  });

  test("letter-spaced headings of several words", () => {
    expect(textOf("BT /F1 12 Tf 3 Tc 72 700 Td (ANNUAL REPORT) Tj ET")).toBe("ANNUAL REPORT\n");
    const letters = [..."CHAPTER ONE"].map((c) => (c === " " ? "-700" : `(${c}) -250`)).join(" ");
    expect(textOf(`BT /F1 12 Tf 72 700 Td [${letters}] TJ ET`)).toBe("CHAPTER ONE\n");
  });

  test("a table by rows, its cells parted by wide gaps of one string", () => {
    const content =
      "BT /F1 10 Tf 14 TL 72 700 Td [(Item) -9000 (Count) -6000 (Price)] TJ T* [(Bolt) -9200 (12) -7400 (3.40)] TJ ET";
    expect(textOf(content)).toBe("Item\tCount\tPrice\nBolt\t12\t3.40\n");
  });

  test("text drawn twice, word by word, glyph by glyph and as a shadow", () => {
    expect(textOf(show([72, 700, "Total"], [72.4, 700, "Total"], [110, 700, "due"], [110.4, 700, "due"]))).toBe(
      "Total due\n",
    );
    expect(textOf(show([73, 699, "Shadow", 24], [72, 700, "Shadow", 24]))).toBe("Shadow\n");
    expect(textOf(show([72, 700, "Total due"], [72, 680, "next"], [72.3, 700, "Total due"]))).toBe(
      "Total due\n\nnext\n",
    );
  });
});

describe("turned", () => {
  test.each([90, 180, 270])("a page turned by %p is read as displayed", (rotate) => {
    const matrix = { 90: "0 1 -1 0 200 100", 180: "-1 0 0 -1 400 500", 270: "0 -1 1 0 200 600" }[rotate];
    const content = `BT /F1 10 Tf 12 TL ${matrix} Tm (first line) Tj T* (second line) Tj ET`;
    expect(textOf(content, `/Rotate ${rotate}`)).toBe("first line\nsecond line\n");
  });

  test("a turned run of several lines follows the upright text", () => {
    const content = `BT /F1 10 Tf 12 TL 0 1 -1 0 30 72 Tm (margin note) Tj T* (in two lines) Tj ET ${show(...column("a", 72, 700, 3))}`;
    expect(names(linesOf(content))).toEqual(["a", "a", "a", "margin", "in"]);
  });
});
