import type { Interval } from "./clopper-pearson.ts";

/** Of the normal distribution, for 95 % on both sides. */
const Z = 1.959_963_984_540_054;

/**
 * The interval of a share by its score test, for 95 % (Wilson, JASA 22, 1927): shorter than the exact one,
 * but for 0 hits or nothing but hits, and 95 % in the mean only.
 */
export function wilson(hits: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const share = hits / trials;
  const scale = 1 + (Z * Z) / trials;
  const middle = (share + (Z * Z) / (2 * trials)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials))) / scale;
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
