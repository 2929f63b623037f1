import type { ClassifierInput } from "../rules/index.ts";

/** What of a document a model is trained on and judges: the text of the pages that classifiers look at. */
export function modelText({ pages }: ClassifierInput): string {
  return pages.map((page) => page.text).join("\n");
}
