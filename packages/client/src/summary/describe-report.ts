/** What every summary says in the same words and order. */
import type { BatchReport } from "./batch-report.ts";
import { formatCount } from "./format-units.ts";

/** "3 succeeded", "1 duplicate", …: the states that items have reached, those that none has left out. */
export function describeStates(report: BatchReport): string[] {
  const states = [
    [report.succeeded, "succeeded"],
    [report.partial, "partial"],
    [report.duplicates, report.duplicates === 1 ? "duplicate" : "duplicates"],
    [report.unchanged, "unchanged"],
    [report.failed, "failed"],
    [report.cancelled, "cancelled"],
    [report.pending, "pending"],
  ] as const;
  return states.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
}

/** The labels of a batch with their counts, the most frequent first. */
export function rankCategories(report: BatchReport): [category: string, count: number][] {
  return Object.entries(report.categories).sort(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1),
  );
}
