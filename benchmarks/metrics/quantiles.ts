/** Times of repeated calls, in milliseconds. */
export interface Quantiles {
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function quantilesOf(times: readonly number[]): Quantiles {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { calls: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? NaN };
}
