import { type ClassScore, f1Of, macroF1Of, scoreClass } from "./score-class.ts";
import { type Share, shareOf } from "./share.ts";

/** A document that may have several labels: those that it should have and those that it got, each once. */
export interface JudgedSets {
  readonly expected: readonly string[];
  readonly got: readonly string[];
}

export interface LabelSetScores {
  /** Got exactly the labels that it should have: one too many or too few is wrong. */
  readonly exact: Share;
  /** Got a label. */
  readonly coverage: Share;
  /** Over all labels of all documents: of those given, the right ones; of those that should be there, the given ones. */
  readonly micro: { readonly precision: Share; readonly recall: Share; readonly f1: number };
  readonly macroF1: number;
  /** In the order of their categories. */
  readonly classes: readonly ClassScore[];
}

/** How good labels are where documents may have several. */
export function scoreLabelSets(documents: readonly JudgedSets[]): LabelSetScores {
  const counts = new Map<string, { hits: number; got: number; expected: number }>();
  const countOf = (category: string) => {
    const known = counts.get(category) ?? { hits: 0, got: 0, expected: 0 };
    counts.set(category, known);
    return known;
  };
  let exact = 0;
  let labelled = 0;
  for (const document of documents) {
    const expected = new Set(document.expected);
    const got = new Set(document.got);
    for (const category of expected) countOf(category).expected += 1;
    for (const category of got) {
      const known = countOf(category);
      known.got += 1;
      if (expected.has(category)) known.hits += 1;
    }
    if (got.size > 0) labelled += 1;
    if (got.symmetricDifference(expected).size === 0) exact += 1;
  }
  const categories = [...counts].sort(([left], [right]) => (left < right ? -1 : 1));
  const classes = categories.map(([category, known]) => scoreClass({ category, ...known }));
  const sum = (of: "hits" | "got" | "expected") => categories.reduce((total, [, known]) => total + known[of], 0);
  const [hits, got, expected] = [sum("hits"), sum("got"), sum("expected")];
  return {
    exact: shareOf(exact, documents.length),
    coverage: shareOf(labelled, documents.length),
    micro: { precision: shareOf(hits, got), recall: shareOf(hits, expected), f1: f1Of(hits, got, expected) },
    macroF1: macroF1Of(classes),
    classes,
  };
}
