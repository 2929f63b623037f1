import { AppError, type BatchStatus } from "@sluice/contracts";
import { batchProgress, type BatchProgress } from "./batch-progress.ts";

export interface WaitOptions {
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How long nothing may answer before it ends with UNREACHABLE. Default one minute. */
  readonly giveUpAfterMs?: number | undefined;
}

/**
 * Waits until a batch is `done` or `cancelled`, through restarts of the server. An abort ends the waiting, not the batch.
 * Throws ApiError, or the signal's reason.
 */
export async function waitForBatch(statuses: AsyncIterable<BatchStatus>, options: WaitOptions): Promise<BatchStatus> {
  let last: BatchStatus | null = null;
  for await (const progress of batchProgress(statuses)) {
    last = progress.batch;
    options.onProgress?.(progress);
  }
  if (last === null) throw new AppError("UNREACHABLE", "the server told nothing about the batch");
  return last;
}
