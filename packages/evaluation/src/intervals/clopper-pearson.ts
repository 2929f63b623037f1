import { incompleteBeta } from "./incomplete-beta.ts";

/** A share from 0 to 1 and the bounds it is known to lie between. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * The exact interval of a share of which `hits` in `trials` were seen (Clopper and Pearson, Biometrika 26, 1934): it holds the true share
 * in at least `confidence` of all cases, whatever that share is. Without trials nothing is known: 0 to 1.
 */
export function clopperPearson(hits: number, trials: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return { low: lowerBound(hits, trials, tail), high: 1 - lowerBound(trials - hits, trials, tail) };
}

/** The share that is exceeded with a probability of at least 1 - `tail`: the one-sided bound. */
export function lowerBound(hits: number, trials: number, tail: number): number {
  return hits === 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1);
}

/** By bisection: I_x(a, b) rises with x. */
function betaQuantile(probability: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return low;
}
