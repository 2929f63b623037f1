import { COLOURS, element, FONT_SIZE, picture, text, textWidth } from "./svg.ts";

export interface Matrix {
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Counts, a list for each row. */
  readonly cells: readonly (readonly number[])[];
  readonly rowsAre: string;
  readonly columnsAre: string;
}

const TOP = 70;
const CELL = 34;
const SMALL = 11;
/** From here on a cell is dark, and its number light. */
const DARK = 0.55;

/** Counts in a square each, the darker the greater their share of the row; of a row that is also a column, that cell is framed. */
export function matrixChart({ title, subtitle, rows, columns, cells, rowsAre, columnsAre }: Matrix): string {
  const left = 44 + Math.max(0, ...rows.map((row) => textWidth(row)));
  // Names of columns stand upright above them.
  const top = TOP + 26 + Math.max(0, ...columns.map((column) => textWidth(column)));
  const body: string[] = [
    text(columnsAre, { x: left, y: TOP + 8, fill: COLOURS.faint }),
    text(rowsAre, { x: 20, y: top - 8, fill: COLOURS.faint }),
    ...columns.map((column, at) => {
      const x = left + at * CELL + CELL / 2 + FONT_SIZE / 3;
      return text(column, { x, y: top - 8, transform: `rotate(-90 ${x} ${top - 8})` });
    }),
  ];
  rows.forEach((row, at) => {
    const y = top + at * CELL;
    body.push(text(row, { x: left - 10, y: y + CELL / 2 + 4, "text-anchor": "end" }));
    const counts = cells[at] ?? [];
    const all = counts.reduce((sum, count) => sum + count, 0);
    columns.forEach((column, place) => {
      const count = counts[place] ?? 0;
      const share = all === 0 ? 0 : count / all;
      body.push(cell({ x: left + place * CELL, y, count, share, isOwn: column === row }));
    });
  });
  const width = Math.max(left + columns.length * CELL + 20, textWidth(title, 17) + 40, textWidth(subtitle) + 40);
  return picture({ width, height: top + rows.length * CELL + 20, title, subtitle, body });
}

function cell(options: { x: number; y: number; count: number; share: number; isOwn: boolean }): string {
  const { x, y, count, share, isOwn } = options;
  const colour = isOwn ? COLOURS.own : COLOURS.wrong;
  const square = element("rect", { x: x + 1, y: y + 1, width: CELL - 2, height: CELL - 2, rx: 3, fill: "#f6f8fa" });
  const frame = isOwn ? { stroke: COLOURS.own, "stroke-width": 1.5 } : {};
  const shade = element("rect", {
    x: x + 1,
    y: y + 1,
    width: CELL - 2,
    height: CELL - 2,
    rx: 3,
    fill: colour,
    "fill-opacity": String(Math.round(share * 100) / 100),
    ...frame,
  });
  if (count === 0) return square + (isOwn ? shade : "");
  const shown = count >= 10_000 ? `${Math.round(count / 1_000)}k` : String(count);
  const fill = share >= DARK ? "#ffffff" : COLOURS.ink;
  const label = { x: x + CELL / 2, y: y + CELL / 2 + 4, "text-anchor": "middle", "font-size": SMALL, fill };
  return square + shade + text(shown, label);
}
