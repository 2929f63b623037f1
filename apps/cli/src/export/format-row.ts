import { displayUri, type ResultRow } from "@sluice/contracts";
import { csvText } from "./escape-csv.ts";

export const EXPORT_FORMATS = ["jsonl", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How one result becomes a line of an export; `header` comes first. */
export interface RowFormat {
  readonly header: string;
  line(row: ResultRow): string;
}

/** The first ten are what scripts may count on; new columns are added behind, never between. */
export const CSV_COLUMNS = [
  "uri",
  "state",
  "category",
  "confidence",
  "terms",
  "pages",
  "needsOcr",
  "code",
  "message",
  "contentHash",
  "classifyState",
  "title",
  "bytes",
  "path",
  "ordinal",
] as const;

const jsonl: RowFormat = {
  header: "",
  line: ({ uri, ...row }) => `${JSON.stringify({ uri, path: displayUri(uri), ...row })}\n`,
};

const csv: RowFormat = {
  header: `${CSV_COLUMNS.join(",")}\r\n`,
  line: (row) => {
    const cells: Record<(typeof CSV_COLUMNS)[number], string> = {
      uri: csvText(row.uri),
      state: row.state,
      category: csvText(row.category ?? ""),
      confidence: row.confidence === null ? "" : row.confidence.toFixed(4),
      terms: csvText(row.terms.map((term) => term.term).join("; ")),
      pages: row.pages === null ? "" : String(row.pages),
      needsOcr: String(row.needsOcr),
      code: row.code ?? "",
      message: csvText(row.message ?? ""),
      contentHash: row.contentHash ?? "",
      classifyState: row.classifyState,
      title: csvText(row.title ?? ""),
      bytes: String(row.bytes),
      path: csvText(displayUri(row.uri)),
      ordinal: String(row.ordinal),
    };
    return `${CSV_COLUMNS.map((column) => cells[column]).join(",")}\r\n`;
  },
};

export const ROW_FORMATS: Readonly<Record<ExportFormat, RowFormat>> = { jsonl, csv };
