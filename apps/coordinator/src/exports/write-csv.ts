import type { Column } from "./column.ts";
import { csvText } from "./csv-text.ts";

/** Rows as CSV by RFC 4180. `header`: false for what goes on behind earlier rows. */
export async function* writeCsv<Row>(
  steps: AsyncIterable<readonly Row[]>,
  { columns, header }: { columns: readonly Column<Row>[]; header: boolean },
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (header) yield encoder.encode(`${columns.map((column) => column.name).join(",")}\r\n`);
  for await (const rows of steps) yield encoder.encode(rows.map((row) => csvRow(row, columns)).join(""));
}

/** One record, its end included. */
export function csvRow<Row>(row: Row, columns: readonly Column<Row>[]): string {
  return `${columns.map((column) => cell(row, column)).join(",")}\r\n`;
}

function cell<Row>(row: Row, column: Column<Row>): string {
  const value = column.of(row);
  if (value === null) return "";
  if (typeof value === "string") return csvText(value);
  return column.type === "double" && typeof value === "number" ? value.toFixed(column.digits) : String(value);
}
