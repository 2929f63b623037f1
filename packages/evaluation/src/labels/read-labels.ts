import { AppError } from "@sluice/contracts";
import { parse } from "csv-parse/sync";

/** A line of a file of labels: what names the document (a path, a URI or a hash of its bytes), and its categories. */
export interface LabelRow {
  readonly document: string;
  /** In their alphabetical order, each once; more than one only where a taxonomy gives several. */
  readonly categories: readonly string[];
  /** From 1, as editors count. */
  readonly line: number;
}

const DOCUMENT_COLUMNS = ["uri", "path", "file", "document", "content_hash", "contentHash", "hash"];
const CATEGORY_COLUMNS = ["category", "label"];

/**
 * Reads labels from CSV (RFC 4180; comma, semicolon or tab) with a header that names a column of documents (`uri`, `path`, `file`,
 * `document`, `content_hash`) and one of categories (`category`, `label`; `a;b` are two). Lines that say the same of the same name are one.
 * LABELS_INVALID with the line at fault.
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
  for (const { cells, line } of others) {
    const row = {
      document: nameOf(cells[documentAt]?.trim() ?? ""),
      categories: categoriesOf(cells[categoryAt] ?? ""),
      line,
    };
    if (row.document === "") throw invalid(line, "it names no document.");
    if (row.categories.length === 0) throw invalid(line, `${row.document} has no category.`);
    const earlier = seen.get(row.document);
    if (earlier === undefined) seen.set(row.document, row);
    else if (!sameCategories(earlier, row)) {
      const [now, before] = [row.categories.join(";"), earlier.categories.join(";")];
      throw invalid(line, `${row.document} is ${now} here and ${before} in line ${earlier.line}.`);
    }
  }
  return [...seen.values()];
}

/** Whether two lines say the same of what they name. */
export function sameCategories(one: LabelRow, other: LabelRow): boolean {
  return one.categories.join(";") === other.categories.join(";");
}

const HASH = /^[0-9a-f]{64}$/i;

function nameOf(cell: string): string {
  return HASH.test(cell) ? cell.toLowerCase() : cell;
}

function categoriesOf(cell: string): string[] {
  const named = cell.split(";").map((category) => category.trim());
  return [...new Set(named.filter((category) => category !== ""))].sort();
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
