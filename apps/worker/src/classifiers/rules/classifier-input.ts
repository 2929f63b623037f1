import type { PageVerdict } from "@sluice/contracts";

/** What a classifier judges. The caller bounds it: the first pages and the last one, 16 KB of text or so. */
export interface ClassifierInput {
  readonly pages: readonly InputPage[];
  /** The title from the document's metadata. */
  readonly title?: string | undefined;
  /** Of the whole document, which may be more than `pages` holds. */
  readonly pageCount: number;
}

export interface InputPage {
  readonly text: string;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly verdict: PageVerdict;
}
