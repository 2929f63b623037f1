import type { LabelItem } from "@sluice/contracts";
import { boundInput } from "../classifiers/bound-input.ts";
import type { ClassifierInput } from "../classifiers/rules/index.ts";

const encoder = new TextEncoder();

/** The same of a document whose text is stored as `classifierInput` takes of one that has just been read. */
export function storedInput(item: LabelItem): ClassifierInput | null {
  const pages = new Map(item.pages.map((page) => [page.pageNo - 1, page]));
  return boundInput({
    pageCount: item.pageCount,
    title: item.title,
    pageAt: (index) => pages.get(index),
    textAt: (index) => encoder.encode(pages.get(index)?.text ?? ""),
  });
}
