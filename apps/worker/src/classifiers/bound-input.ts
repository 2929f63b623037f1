import type { PageVerdict } from "@sluice/contracts";
import type { ClassifierInput, InputPage } from "./rules/index.ts";

// What a document is shows at its beginning and end; more text costs time and dilutes the evidence: half as much again changes
// no label of 213 documents, a quarter less leaves one manual in ten without its label.
const FIRST_PAGES = 8;
const MAX_TEXT_BYTES = 16 << 10;
const LAST_PAGE_BYTES = 2 << 10;

/** A page as whoever has the document knows it. */
export interface SourcePage {
  readonly verdict: PageVerdict;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** A document's pages, from 0; those that are judged are read, and no others. */
export interface SourcePages {
  readonly pageCount: number;
  readonly title: string | undefined;
  /** undefined: not at hand, and so passed over. */
  pageAt(index: number): SourcePage | undefined;
  /** As UTF-8. */
  textAt(index: number): Uint8Array;
}

const decoder = new TextDecoder();

/** The part of a document that a classifier judges, or null when no page has text to judge. */
export function boundInput(source: SourcePages): ClassifierInput | null {
  const judged = judgedPages(source);
  if (judged === null) return null;
  const { start, end, last } = judged;
  const pages: InputPage[] = [];
  let budget = last === null ? MAX_TEXT_BYTES : MAX_TEXT_BYTES - LAST_PAGE_BYTES;
  for (let index = start; index < end && budget > 0; index += 1) {
    budget -= pushPage(pages, source, index, budget);
  }
  if (last !== null) pushPage(pages, source, last, LAST_PAGE_BYTES);
  const { title, pageCount } = source;
  return { pages, pageCount, ...(title === undefined ? {} : { title }) };
}

/**
 * Which pages are looked at, from 0: those from `start` up to, and without, `end`, and `last` where it lies behind them. null: no
 * page has text. Cover scans and blank pages before the text say nothing about it.
 */
export function judgedPages(
  source: Pick<SourcePages, "pageCount" | "pageAt">,
): { start: number; end: number; last: number | null } | null {
  for (let start = 0; start < source.pageCount; start += 1) {
    const verdict = source.pageAt(start)?.verdict;
    if (verdict !== "text" && verdict !== "sparse") continue;
    const end = Math.min(start + FIRST_PAGES, source.pageCount);
    const last = source.pageCount - 1;
    return { start, end, last: last >= end ? last : null };
  }
  return null;
}

function pushPage(pages: InputPage[], source: SourcePages, index: number, maxBytes: number): number {
  const page = source.pageAt(index);
  if (page === undefined) return 0;
  const bytes = cutAtCharacter(source.textAt(index), maxBytes);
  const { widthPt, heightPt, verdict } = page;
  pages.push({ text: decoder.decode(bytes), widthPt, heightPt, verdict });
  return bytes.length;
}

function cutAtCharacter(utf8: Uint8Array, maxBytes: number): Uint8Array {
  if (utf8.length <= maxBytes) return utf8;
  let end = maxBytes;
  while (end > 0 && ((utf8[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return utf8.subarray(0, end);
}
