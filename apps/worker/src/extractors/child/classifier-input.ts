import type { ExtractedDocument } from "@sluice/native";
import type { ClassifierInput, InputPage } from "../../classifiers/rules/index.ts";

// What a document is shows at its beginning and end; more text costs time and dilutes the evidence: half as much again changes
// no label of 213 documents, a quarter less leaves one manual in ten without its label.
const FIRST_PAGES = 8;
const MAX_TEXT_BYTES = 16 << 10;
const LAST_PAGE_BYTES = 2 << 10;

const decoder = new TextDecoder();

/** The part of a document that a classifier judges, or null when no page has text to judge. */
export function classifierInput(document: ExtractedDocument): ClassifierInput | null {
  // Cover scans and blank pages before the text say nothing about it.
  const start = document.pages.findIndex((page) => page.verdict === "text" || page.verdict === "sparse");
  if (start < 0) return null;
  const last = document.pages.length - 1;
  const end = Math.min(start + FIRST_PAGES, document.pages.length);
  const pages: InputPage[] = [];
  let budget = last >= end ? MAX_TEXT_BYTES - LAST_PAGE_BYTES : MAX_TEXT_BYTES;
  for (let index = start; index < end && budget > 0; index += 1) {
    budget -= pushPage(pages, document, index, budget);
  }
  if (last >= end) pushPage(pages, document, last, LAST_PAGE_BYTES);
  const title = document.metadata.title;
  return { pages, pageCount: document.pageCount, ...(title === undefined ? {} : { title }) };
}

/** The text of a page as the engine's UTF-8. */
export function pageBytes(document: ExtractedDocument, index: number): Uint8Array {
  return document.text.subarray(document.pageOffsets[index] ?? 0, document.pageOffsets[index + 1] ?? 0);
}

function pushPage(pages: InputPage[], document: ExtractedDocument, index: number, maxBytes: number): number {
  const page = document.pages[index];
  if (page === undefined) return 0;
  const bytes = cutAtCharacter(pageBytes(document, index), maxBytes);
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
