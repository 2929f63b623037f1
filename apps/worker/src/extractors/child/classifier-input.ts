import type { ExtractedDocument } from "@sluice/native";
import { boundInput } from "../../classifiers/bound-input.ts";
import type { ClassifierInput } from "../../classifiers/rules/index.ts";

/** What of a document that has just been read a classifier judges, or null when no page has text to judge. */
export function classifierInput(document: ExtractedDocument): ClassifierInput | null {
  return boundInput({
    // Whatever limits it is read by, a document that is judged has all its pages.
    pageCount: document.pages.length,
    title: document.metadata.title,
    pageAt: (index) => document.pages[index],
    textAt: (index) => pageBytes(document, index),
  });
}

/** The text of a page as the engine's UTF-8. */
export function pageBytes(document: ExtractedDocument, index: number): Uint8Array {
  return document.text.subarray(document.pageOffsets[index] ?? 0, document.pageOffsets[index + 1] ?? 0);
}
