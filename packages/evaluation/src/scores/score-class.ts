import type { Interval } from "../intervals/clopper-pearson.ts";
import { wilson } from "../intervals/wilson.ts";
import { type Share, shareOf } from "./share.ts";

export interface ClassScore {
  readonly category: string;
  /** Of those that got it, how many should have. */
  readonly precision: Share;
  /** Of those that should have it, how many got it. */
  readonly recall: Share;
  readonly f1: number;
  /** 95 % bounds of `f1`. */
  readonly f1Bounds: Interval;
}

/** Of documents that should have a category, that got it, and both. */
export interface ClassCounts {
  readonly category: string;
  readonly hits: number;
  readonly got: number;
  readonly expected: number;
}

/**
 * F1 is 2q / (1 + q), q being the share of hits among documents that got the category or should have it: it rises with q, so that the
 * bounds of q (Wilson) are those of F1.
 */
export function scoreClass({ category, hits, got, expected }: ClassCounts): ClassScore {
  const { low, high } = wilson(hits, got + expected - hits);
  return {
    category,
    precision: shareOf(hits, got),
    recall: shareOf(hits, expected),
    f1: f1Of(hits, got, expected),
    f1Bounds: { low: (2 * low) / (1 + low), high: (2 * high) / (1 + high) },
  };
}

export function f1Of(hits: number, got: number, expected: number): number {
  return got + expected === 0 ? 0 : (2 * hits) / (got + expected);
}

/** The mean F1 of the categories that were expected somewhere. */
export function macroF1Of(classes: readonly ClassScore[]): number {
  const expected = classes.filter(({ recall }) => recall.of > 0);
  return expected.length === 0 ? 0 : expected.reduce((sum, { f1 }) => sum + f1, 0) / expected.length;
}
