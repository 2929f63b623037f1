/** Times of repeated calls, in milliseconds. */
export interface Quantiles {
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function quantilesOf(times: readonly number[]): Quantiles {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number) => quantile(sorted, share) ?? NaN;
  return { calls: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** The value that this share of all come before; undefined of none. */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
