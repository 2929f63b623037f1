import type { ExportFormat } from "@sluice/contracts";
import { parquetReadObjects } from "hyparquet";

/** Rows of an export, every value as text, whatever it was written as. Throws for what is not whole. */
export async function exportRows(bytes: Buffer, format: ExportFormat): Promise<Record<string, string>[]> {
  switch (format) {
    case "ndjson":
      return linesOf(bytes).map((line) => texts(JSON.parse(line) as Record<string, unknown>));
    case "csv":
      return tableRows(bytes.toString());
    case "parquet": {
      const file = new Uint8Array(bytes).buffer;
      return (await parquetReadObjects({ file, compressors: COMPRESSORS })).map(texts);
    }
  }
}

/** Pages of Parquet are packed by zstd, which the runtime unpacks. */
const COMPRESSORS = { ZSTD: (packed: Uint8Array) => Bun.zstdDecompressSync(new Uint8Array(packed)) };

function linesOf(bytes: Buffer): string[] {
  const text = bytes.toString();
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line has no end");
  return text.split("\n").slice(0, -1);
}

function texts(row: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)]));
}

/** Empty where there is none, as in a table. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "bigint" ? value.toString() : JSON.stringify(value);
}

/** RFC 4180. */
function tableRows(text: string): Record<string, string>[] {
  if (!text.endsWith("\n")) throw new Error("the last record has no end");
  const records: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    records.push(cells);
    cells = [];
  }
  const [head = [], ...rows] = records;
  return rows.map((row) => Object.fromEntries(head.map((name, column) => [name, row[column] ?? ""])));
}
