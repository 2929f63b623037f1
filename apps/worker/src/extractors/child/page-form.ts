import type { DocumentMetadata } from "@sluice/contracts";
import type { PageInfo } from "@sluice/native";
import { judgedPages } from "../../classifiers/bound-input.ts";

const MUCH_WIDER = 1.2;

/**
 * What a classifier sees of the form of a document's pages, to be stored with it: whoever judges the stored text later has no pages to
 * measure. Empty for a document without text.
 */
export function pageForm(
  pages: readonly Pick<PageInfo, "verdict" | "widthPt" | "heightPt">[],
): Pick<DocumentMetadata, "pageWidthPt" | "pageHeightPt" | "landscape"> {
  const judged = judgedPages({ pageCount: pages.length, pageAt: (index) => pages[index] });
  const first = judged === null ? undefined : pages[judged.start];
  if (judged === null || first === undefined) return {};
  const seen = pages.filter((_page, index) => (index >= judged.start && index < judged.end) || index === judged.last);
  const landscape = seen.every(({ widthPt, heightPt }) => widthPt > heightPt * MUCH_WIDER);
  return {
    pageWidthPt: rounded(first.widthPt),
    pageHeightPt: rounded(first.heightPt),
    ...(landscape ? { landscape } : {}),
  };
}

function rounded(points: number): number {
  return Math.round(points * 10) / 10;
}
