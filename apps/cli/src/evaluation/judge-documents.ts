import { type LabelScores, type LabelSetScores, scoreLabels, scoreLabelSets } from "@sluice/evaluation";
import type { MatchedDocument } from "./match-labels.ts";

/** How good labels are, under a taxonomy that gives one (`single`) or several (`multi`). */
export type Judgement =
  | { readonly labels: "single"; readonly scores: LabelScores }
  | { readonly labels: "multi"; readonly scores: LabelSetScores };

export function judgeDocuments(documents: readonly MatchedDocument[], several: boolean): Judgement {
  if (several) return { labels: "multi", scores: scoreLabelSets(documents) };
  const judged = documents.map(({ expected: [expected = ""], got: [got = null], confidence }) => ({
    expected,
    got,
    confidence,
  }));
  return { labels: "single", scores: scoreLabels(judged) };
}
