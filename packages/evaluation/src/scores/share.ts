import type { Interval } from "../intervals/clopper-pearson.ts";
import { wilson } from "../intervals/wilson.ts";

/** A share that was counted, with 95 % bounds (Wilson). */
export interface Share extends Interval {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
}

export function shareOf(hits: number, of: number): Share {
  return { hits, of, share: of === 0 ? 0 : hits / of, ...wilson(hits, of) };
}
