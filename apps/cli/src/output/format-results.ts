import { formatCount } from "@sluice/client";
import { categoriesOf, displayUri, type ResultRow } from "@sluice/contracts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";
import { type Column, formatTable } from "./table.ts";

const COLUMNS = [
  { title: "file", shrinkTo: 24, keep: "end" },
  { title: "category" },
  { title: "sure", align: "right" },
  { title: "decided by", shrinkTo: 10 },
  { title: "pages", align: "right" },
  { title: "note" },
] as const satisfies readonly Column[];

const SHOWN_TERMS = 4;

/** Results as a table for people: what each file was taken for, and why. Names are shown below `root`. */
export function formatResults(rows: readonly ResultRow[], root: string, width: number, paint: Paint): string[] {
  const cells = rows.map((row) => [
    nameBelow(displayUri(row.uri), root),
    category(row),
    row.confidence === null || row.category === null ? "" : row.confidence.toFixed(2),
    safeText(
      row.terms
        .slice(0, SHOWN_TERMS)
        .map((term) => term.term)
        .join(", "),
    ),
    row.pages === null ? "" : formatCount(row.pages),
    note(row),
  ]);
  return formatTable(COLUMNS, cells, width, (cell, index, column) => {
    if (index < 0) return paint("bold", cell);
    const row = rows[index];
    if (column === 1 && row?.state === "failed") return paint("red", cell);
    if (column === 1) return row?.category === null ? paint("dim", cell) : paint("green", cell);
    if (column === 3) return paint("dim", cell);
    return column === 5 ? paint("yellow", cell) : cell;
  });
}

function category(row: ResultRow): string {
  if (row.state === "failed") return safeText(row.code ?? "failed");
  if (row.category !== null) return safeText(categoriesOf(row).join(", "));
  if (row.classifyState === "abstained") return "(unsure)";
  return row.classifyState === "no_text" ? "(no text)" : "";
}

function note(row: ResultRow): string {
  const notes: string[] = [];
  if (row.needsOcr) notes.push("needs OCR");
  if (row.state === "duplicate" || row.state === "unchanged" || row.state === "partial") notes.push(row.state);
  return notes.join(", ");
}

function nameBelow(name: string, root: string): string {
  return name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
}
