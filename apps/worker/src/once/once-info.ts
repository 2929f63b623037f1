import { displayUri } from "@sluice/contracts/file-uri";
import type { ExtractedDocument, OutlineItem } from "@sluice/native";
import { rounded } from "./once-report.ts";

const FIELDS = [
  ["title", "Title"],
  ["author", "Author"],
  ["subject", "Subject"],
  ["keywords", "Keywords"],
  ["language", "Language"],
  ["creator", "Written with"],
  ["producer", "Made by"],
  ["createdAt", "Created"],
  ["modifiedAt", "Modified"],
] as const;

/** What is known of a document, for people: metadata, grade, outline, and a line a page with its verdict and why. */
export function onceInfo(document: ExtractedDocument): string {
  const { metadata, structure, warnings } = document;
  const facts: [string, string][] = FIELDS.flatMap(([field, name]) => {
    const value = metadata[field];
    return value === undefined ? [] : [[name, shown(value)] as [string, string]];
  });
  const traits = [...(metadata.tagged ? ["tagged"] : []), ...(metadata.encrypted ? ["encrypted"] : [])];
  facts.push(["PDF", [metadata.pdfVersion, ...traits].join(", ")]);
  facts.push(["Pages", `${document.pageCount}${verdictCounts(document)}`]);
  if (structure?.quality !== undefined) {
    const { grade, mapped, readable, clean } = structure.quality;
    facts.push([
      "Quality",
      `${grade} (characters known ${share(mapped)}, pages readable ${share(readable)}, clean ${share(clean)})`,
    ]);
  }
  for (const { code, message } of warnings) facts.push(["Warning", `${code}  ${message}`]);
  const lines = columns(facts);
  if (structure !== undefined && structure.outline.length > 0)
    lines.push("", "Outline", ...outlineLines(structure.outline));
  lines.push("", ...columns([["Page", "Label", "Verdict", "Size in pt", "Why"], ...pageRows(document)]));
  return `${lines.join("\n")}\n`;
}

function verdictCounts({ pages, pageCount }: ExtractedDocument): string {
  const counts = Map.groupBy(pages, (page) => page.verdict);
  const each = [...counts].map(([verdict, those]) => `${those.length} ${verdict}`).join(", ");
  return pages.length === pageCount ? ` (${each})` : `; of ${pages.length} read: ${each}`;
}

function pageRows({ pages, firstPage, structure }: ExtractedDocument): string[][] {
  return pages.map((page, index) => {
    const number = firstPage + index;
    const size = `${rounded(page.widthPt, 1)} × ${rounded(page.heightPt, 1)}`;
    const why = structure?.pages[index]?.reasons.map(({ message }) => message).join("; ") ?? "";
    return [String(number), shown(structure?.pageLabels?.[number - 1] ?? ""), page.verdict, size, why];
  });
}

function outlineLines(items: readonly OutlineItem[]): string[] {
  const lines: string[] = [];
  const open = items.toReversed().map((item) => ({ item, depth: 1 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, depth } = next;
    lines.push(`${"  ".repeat(depth)}${shown(item.title)}${item.page === undefined ? "" : `  ${item.page}`}`);
    for (const child of (item.children ?? []).toReversed()) open.push({ item: child, depth: depth + 1 });
  }
  return lines;
}

/** Cells side by side; the last is as long as it likes, and a column that is empty is left out. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(...rows.map((row) => row.length));
  const body = rows.length > 1 && rows[0]?.[0] === "Page" ? rows.slice(1) : rows;
  const used = Array.from({ length: count }, (_, column) => column).filter((column) => body.some((row) => row[column]));
  const widths = used.map((column) => Math.max(...rows.map((row) => Bun.stringWidth(row[column] ?? ""))));
  return rows.map((row) =>
    used
      .map((column, at) => {
        const cell = row[column] ?? "";
        return at === used.length - 1 ? cell : cell + " ".repeat((widths[at] ?? 0) - Bun.stringWidth(cell));
      })
      .join("  ")
      .trimEnd(),
  );
}

/** On one line, and nothing in it that a terminal would obey. */
function shown(text: string): string {
  return displayUri(text.replaceAll(/\s+/g, " ").trim());
}

function share(value: number): string {
  return `${rounded(100 * value, 1)} %`;
}
