import type { ExtractedDocument } from "@sluice/native";
import { pageBytes } from "../extractors/child/classifier-input.ts";
import type { SourceBytes } from "../sources/file-source.ts";

/** The one JSON object of `extract --json`: what is known of the document, and its structure where it was asked for. */
export function onceReport(uri: string, source: SourceBytes, document: ExtractedDocument) {
  const decoder = new TextDecoder();
  const verdicts: Record<string, number> = {};
  const { pages: structures = [], pageLabels, ...structure } = document.structure ?? {};
  for (const { verdict } of document.pages) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  return {
    uri,
    contentHash: source.contentHash,
    sizeBytes: source.bytes.length,
    format: document.format,
    pageCount: document.pageCount,
    needsOcr: document.pages.some(needsOcr),
    verdicts,
    metadata: document.metadata,
    warnings: document.warnings,
    ...structure,
    pages: document.pages.map((page, index) => ({
      page: document.firstPage + index,
      ...labelOf(pageLabels, document.firstPage + index),
      verdict: page.verdict,
      chars: page.chars,
      widthPt: rounded(page.widthPt, 2),
      heightPt: rounded(page.heightPt, 2),
      imageCoverage: rounded(page.imageCoverage, 4),
      ...structures[index],
      text: decoder.decode(pageBytes(document, index)),
      ...(page.error === undefined ? {} : { error: page.error }),
    })),
  };
}

/** The engine counts in 32 bits: further digits are none of its own. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function labelOf(labels: readonly string[] | undefined, page: number): { label?: string } {
  const label = labels?.[page - 1];
  return label === undefined ? {} : { label };
}

/** The text of all pages, a form feed between two, as `pdftotext` does it. */
export function onceText(document: ExtractedDocument): Uint8Array {
  const parts: Uint8Array[] = [];
  document.pages.forEach((_, index) => {
    const text = pageBytes(document, index);
    if (index > 0) parts.push(Buffer.from("\f"));
    parts.push(text);
    if (text.length > 0 && text.at(-1) !== 0x0a) parts.push(Buffer.from("\n"));
  });
  return Buffer.concat(parts);
}

function needsOcr({ verdict }: { verdict: string }): boolean {
  return verdict === "scanned" || verdict === "garbled";
}
