import { lowerBound } from "../intervals/clopper-pearson.ts";

/** A document that a teacher has judged and no model has learned from, drawn at random from those that are to be judged. */
export interface HeldOut {
  /** The model's, from 0 to 1. */
  readonly confidence: number;
  /** The model says what the teacher says. */
  readonly agrees: boolean;
}

export interface Threshold {
  /** Documents of a confidence above this take the model's label; 0: all do. */
  readonly above: number;
  /** Held-out documents above it, and how many of them agree. */
  readonly accepted: number;
  readonly agreed: number;
  /** What the agreement of all documents above it is at least, at the risk that was asked for. */
  readonly atLeast: number;
}

export interface NoThreshold {
  readonly above: null;
  /** Held-out documents of full agreement that would be the least to prove it; with more than these, the model does not agree often enough. */
  readonly needed: number;
}

/** Where sequences of tests begin, in numbers of documents that full agreement takes: later ones stand a disagreement or two. */
const STARTS = [1, 1.6, 2.5, 4, 8];
/** Of the held-out documents, from one threshold that is tested to the next. */
const STEP = 0.02;

/**
 * The lowest confidence above which a model agrees with its teacher on a share `agreement` of all documents, except with a
 * probability of `risk`. Thresholds are tested from high to low, each by the exact binomial test, until one fails: fixed-sequence testing
 * (Angelopoulos et al., Learn then Test, 2021, section 4), so that to look at many thresholds costs no risk. Where such a sequence best
 * begins nobody knows beforehand: there are five, with a fifth of the risk each.
 */
export function chooseThreshold(
  heldOut: readonly HeldOut[],
  { agreement, risk = 0.05 }: { agreement: number; risk?: number },
): Threshold | NoThreshold {
  const sorted = [...heldOut].sort((left, right) => right.confidence - left.confidence);
  const tail = risk / STARTS.length;
  const needed = Math.ceil(Math.log(tail) / Math.log(agreement));
  const step = Math.max(1, Math.round(sorted.length * STEP));
  let best: Threshold | null = null;
  for (const start of STARTS) {
    const first = Math.ceil(needed * start);
    if (first > sorted.length) break;
    for (let rank = first; rank < sorted.length + step; rank += step) {
      const tested = testAt(sorted, Math.min(rank, sorted.length), tail);
      if (tested === null) continue;
      if (tested.atLeast < agreement) break;
      if (best === null || tested.above < best.above) best = tested;
    }
  }
  return best ?? { above: null, needed };
}

/** `rank` documents lie above it: the next one's confidence, which is a document of the test no more. Null between equals. */
function testAt(sorted: readonly HeldOut[], rank: number, tail: number): Threshold | null {
  const last = sorted[rank - 1];
  if (last === undefined) return null;
  const next = sorted[rank];
  const above = next === undefined ? 0 : next.confidence;
  if (next !== undefined && last.confidence === above) return null;
  const agreed = sorted.slice(0, rank).filter(({ agrees }) => agrees).length;
  return { above, accepted: rank, agreed, atLeast: lowerBound(agreed, rank, tail) };
}
