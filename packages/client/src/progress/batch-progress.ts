import type { BatchStatus } from "@sluice/contracts";
import { ProgressRate } from "./progress-rate.ts";

/** A batch at a moment, and how fast it goes. */
export interface BatchProgress {
  readonly batch: BatchStatus;
  /** Items whose extraction has ended, however it ended. */
  readonly settled: number;
  /** Of those handed in so far; more may come while the batch is open. */
  readonly remaining: number;
  /** Over the last 20 seconds, without those found `unchanged`; null until there is something to divide. */
  readonly documentsPerSecond: number | null;
  readonly pagesPerSecond: number | null;
  /** Once all is read, where labels come behind the text; null: there are none to wait for. */
  readonly labels: LabelProgress | null;
  /** To the end, or to that of the labels; null while nobody can know: the batch is open, or nothing moves. */
  readonly etaSeconds: number | null;
}

/** Of documents that are to be labelled: how many have what they get, and how many there are. */
export interface LabelProgress {
  readonly settled: number;
  readonly total: number;
}

/** Items of a batch whose extraction has ended, however it ended. */
export function settledItems(status: BatchStatus): number {
  return status.items - status.extract.pending;
}

/** Labels that are still to come although all that was handed in is read; null: there are none. */
export function awaitedLabels(status: BatchStatus): LabelProgress | null {
  const { none: _unasked, cancelled: _givenUp, pending, ...ended } = status.classify;
  if (pending === 0 || status.extract.pending > 0) return null;
  const settled = Object.values(ended).reduce((sum, count) => sum + count, 0);
  return { settled, total: settled + pending };
}

/** Statuses of a batch with the rates that follow from them. */
export async function* batchProgress(
  statuses: AsyncIterable<BatchStatus>,
): AsyncGenerator<BatchProgress, void, undefined> {
  const rate = new ProgressRate();
  const labelRate = new ProgressRate();
  for await (const batch of statuses) {
    const nowMs = performance.now();
    const settled = settledItems(batch);
    rate.observe({ atMs: nowMs, done: settled - batch.extract.unchanged, pages: batch.pages });
    const rates = rate.rates(nowMs);
    const remaining = batch.items - settled;
    const labels = awaitedLabels(batch);
    if (labels !== null) labelRate.observe({ atMs: nowMs, done: labels.settled, pages: 0 });
    const [left, speed] = labels === null ? [remaining, rate] : [labels.total - labels.settled, labelRate];
    const known = batch.state !== "open" && left > 0;
    yield {
      batch,
      settled,
      remaining,
      documentsPerSecond: rates?.documents ?? null,
      pagesPerSecond: rates?.pages ?? null,
      labels,
      etaSeconds: known ? speed.secondsFor(left, nowMs) : null,
    };
  }
}
