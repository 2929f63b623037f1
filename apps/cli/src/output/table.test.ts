import { describe, expect, test } from "bun:test";
import { displayWidth } from "./fit-text.ts";
import { formatTable } from "./table.ts";

const COLUMNS = [
  { title: "file", shrinkTo: 8, keep: "end" },
  { title: "category" },
  { title: "pages", align: "right" },
] as const;

describe("formatTable", () => {
  test("columns line up by display width, CJK and right-to-left names included", () => {
    const lines = formatTable(
      COLUMNS,
      [
        ["請求書.pdf", "invoice", "2"],
        ["عقد.pdf", "contract", "10"],
      ],
      80,
    );
    expect(lines[1]).toBe("請求書.pdf  invoice       2");
    expect(new Set(lines.map((line) => displayWidth(line))).size).toBe(1);
  });

  test("the shrinkable column gives way, the others stay", () => {
    const lines = formatTable(COLUMNS, [["a/very/long/path/to/some/file.pdf", "invoice", "2"]], 32);
    expect(lines[1]).toStartWith("…");
    expect(lines[1]).toContain("file.pdf  invoice");
    expect(Math.max(...lines.map((line) => displayWidth(line)))).toBe(32);
  });

  test("styles do not disturb the layout", () => {
    const lines = formatTable(COLUMNS, [["a", "b", "1"]], 80, (cell, row) => (row === 0 ? `<${cell}>` : cell));
    expect(lines[1]).toBe("<a   >  <b       >  <    1>");
  });

  test("a table that cannot shrink further keeps its least widths", () => {
    const [header] = formatTable(COLUMNS, [["a/long/path.pdf", "invoice", "2"]], 5);
    expect(header).toBe("file      category  pages");
  });
});
