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
  /** null while nobody can know: the batch is open, or nothing moves. */
  readonly etaSeconds: number | null;
}

/** Items of a batch whose extraction has ended, however it ended. */
export function settledItems(status: BatchStatus): number {
  return status.items - status.extract.pending;
}

/** Statuses of a batch with the rates that follow from them. */
export async function* batchProgress(
  statuses: AsyncIterable<BatchStatus>,
): AsyncGenerator<BatchProgress, void, undefined> {
  const rate = new ProgressRate();
  for await (const batch of statuses) {
    const nowMs = performance.now();
    const settled = settledItems(batch);
    rate.observe({ atMs: nowMs, done: settled - batch.extract.unchanged, pages: batch.pages });
    const rates = rate.rates(nowMs);
    const remaining = batch.items - settled;
    const known = batch.state !== "open" && remaining > 0;
    yield {
      batch,
      settled,
      remaining,
      documentsPerSecond: rates?.documents ?? null,
      pagesPerSecond: rates?.pages ?? null,
      etaSeconds: known ? rate.secondsFor(remaining, nowMs) : null,
    };
  }
}
