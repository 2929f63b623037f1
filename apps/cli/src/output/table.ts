import { displayWidth, pad, truncate } from "./fit-text.ts";

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Columns that may be cut when the table is too wide, with the width below which they are not cut. */
  readonly shrinkTo?: number;
  /** Which end of a cut text stays. */
  readonly keep?: "start" | "end";
}

const GAP = 2;

/**
 * Lays rows out in columns as wide as their widest cell. Where that is wider than the terminal, the column with the
 * most to spare gives way first. Cells must be safe text; `style` colours a cell after it has been fitted.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  style: (cell: string, row: number, column: number) => string = (cell) => cell,
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ""))),
  );
  shrink(columns, widths, width);
  const line = (cells: readonly string[], row: number) =>
    cells
      .map((cell, index) => {
        const column = columns[index];
        const room = widths[index] ?? 0;
        const cut = truncate(cell, room, column?.keep);
        const last = index === cells.length - 1 && column?.align !== "right";
        const fitted = last ? cut : pad(cut, room, column?.align);
        return style(fitted, row, index);
      })
      .join(" ".repeat(GAP))
      .trimEnd();
  return [
    line(
      columns.map((column) => column.title),
      -1,
    ),
    ...rows.map((row, index) => line(row, index)),
  ];
}

function shrink(columns: readonly Column[], widths: number[], width: number): void {
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP * (columns.length - 1) - width;
  while (excess > 0) {
    const spare = columns.map(({ shrinkTo }, index) => (shrinkTo === undefined ? 0 : (widths[index] ?? 0) - shrinkTo));
    const most = Math.max(...spare);
    if (most <= 0) return;
    const index = spare.indexOf(most);
    widths[index] = (widths[index] ?? 0) - 1;
    excess -= 1;
  }
}
