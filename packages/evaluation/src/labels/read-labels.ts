import { AppError } from "@sluice/contracts";
import { parse } from "csv-parse/sync";

/** A line of a file of labels: what names the document (a path, a URI or a hash of its bytes), and its category. */
export interface LabelRow {
  readonly document: string;
  readonly category: string;
  /** From 1, as editors count. */
  readonly line: number;
}

const DOCUMENT_COLUMNS = ["uri", "path", "file", "document", "content_hash", "contentHash", "hash"];
const CATEGORY_COLUMNS = ["category", "label"];

/**
 * Reads labels from CSV (RFC 4180; comma, semicolon or tab) with a header that names a column of documents (`uri`, `path`, `file`,
 * `document`, `content_hash`) and one of categories (`category`, `label`). LABELS_INVALID with the line at fault.
 */
export function readLabels(text: string, fileName: string): LabelRow[] {
  const invalid = (line: number, message: string) => new AppError("LABELS_INVALID", `${fileName}:${line}: ${message}`);
  const rows = parseRows(text, invalid);
  const [header, ...others] = rows;
  if (header === undefined) throw invalid(1, "it has no line; the first one names the columns.");
  const names = header.cells.map((cell) => cell.trim());
  const documentAt = names.findIndex((name) => DOCUMENT_COLUMNS.includes(name));
  const categoryAt = names.findIndex((name) => CATEGORY_COLUMNS.includes(name));
  if (documentAt === -1)
    throw invalid(1, `no column is called ${DOCUMENT_COLUMNS.slice(0, 4).join(", ")} or content_hash.`);
  if (categoryAt === -1) throw invalid(1, "no column is called category or label.");
  const seen = new Map<string, LabelRow>();
  return others.map(({ cells, line }) => {
    const row = { document: cells[documentAt]?.trim() ?? "", category: cells[categoryAt]?.trim() ?? "", line };
    if (row.document === "") throw invalid(line, "it names no document.");
    if (row.category === "") throw invalid(line, `${row.document} has no category.`);
    const earlier = seen.get(row.document);
    if (earlier !== undefined && earlier.category !== row.category) {
      throw invalid(line, `${row.document} is ${row.category} here and ${earlier.category} in line ${earlier.line}.`);
    }
    seen.set(row.document, row);
    return row;
  });
}

function parseRows(text: string, invalid: (line: number, message: string) => AppError) {
  const [first = ""] = text.split("\n", 1);
  const delimiter = ["\t", ";", ","].find((each) => first.includes(each)) ?? ",";
  try {
    const rows = parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true });
    return (rows as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines,
    }));
  } catch (error) {
    const { lines = 1, message = String(error) } = error as { lines?: number; message?: string };
    throw invalid(lines, message);
  }
}
