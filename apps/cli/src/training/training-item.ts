import type { SluiceClient } from "@sluice/client";
import type { LabelItem } from "@sluice/contracts";

/** A classifier looks at the first pages with text, and at the last. */
const FIRST_PAGES = 8;
const MOST_CHARACTERS = 16 << 10;
// The form of pages is nothing that a model looks at.
const SIZE = { widthPt: 595, heightPt: 842 };

/** What of a stored document a classifier judges, as the label stage hands it to workers. */
export async function trainingItem(
  client: SluiceClient,
  contentHash: string,
  ordinal: number,
  signal: AbortSignal,
): Promise<LabelItem> {
  const pages: LabelItem["pages"] = [];
  let first: number | null = null;
  let last: LabelItem["pages"][number] | null = null;
  for await (const { pageNo, text, verdict } of client.documentPages(contentHash, { signal })) {
    if (first === null && (verdict === "text" || verdict === "sparse")) first = pageNo;
    last = { pageNo, text: (text ?? "").slice(0, MOST_CHARACTERS), verdict, ...SIZE };
    if (first !== null && pageNo < first + FIRST_PAGES) pages.push(last);
  }
  const pageCount = last?.pageNo ?? 0;
  if (first !== null && last !== null && pages.at(-1) !== last) pages.push(last);
  return { ordinal, contentHash, pageCount, pages };
}
