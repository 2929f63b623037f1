import { availableParallelism } from "node:os";
import { AppError, type BatchStatus } from "@sluice/contracts";
import type { BatchProgress } from "../progress/batch-progress.ts";
import { SluiceClient } from "../sluice-client.ts";
import type { SubmitDirectoryOptions } from "../submission/submit-directory.ts";
import type { BatchReport } from "../summary/batch-report.ts";
import { type LocalOptions, startLocal } from "./start-local.ts";

export type { LocalOptions } from "./start-local.ts";

export interface ProcessDirectoryOptions
  extends Omit<LocalOptions, "signal">, Omit<SubmitDirectoryOptions, "resume" | "idempotencyKey"> {
  /** A running coordinator and its token; without it everything is started on this machine, and stopped in the end. */
  readonly server?: { readonly url: string; readonly token: string } | undefined;
  /** Documents in work at a time at most, over the whole fleet: the batch's option of that name. */
  readonly maxConcurrent?: number | undefined;
  /** false: bytes known already are read again, and every copy is a result of its own. */
  readonly deduplicate?: boolean | undefined;
  readonly onProgress?: ((progress: BatchProgress) => void) | undefined;
}

/**
 * Reads, classifies and stores every file below a folder, and says what became of them. Run again, it skips what is done
 * and has not changed. An abort cancels the rest of the batch; what is done is kept.
 *
 * Throws AppError: what the start of the parts, the listing and the server throw; the signal's reason when it aborts.
 */
export async function processDirectory(
  directory: string | readonly string[],
  options: ProcessDirectoryOptions = {},
): Promise<BatchReport> {
  const { server } = options;
  if (server !== undefined) {
    if (options.workers !== undefined) {
      throw new AppError(
        "USAGE",
        "a server has its own workers; maxConcurrent bounds how many documents they read at a time",
      );
    }
    return await run(new SluiceClient({ baseUrl: server.url, token: server.token }), directory, options);
  }
  const local = await startLocal({ ...options, workers: slots(options) });
  try {
    const client = new SluiceClient({ baseUrl: local.url, token: local.token });
    return await Promise.race([run(client, directory, options), local.ended.then((error) => Promise.reject(error))]);
  } finally {
    await local.stop();
  }
}

async function run(
  client: SluiceClient,
  directory: string | readonly string[],
  options: ProcessDirectoryOptions,
): Promise<BatchReport> {
  const { signal, deduplicate, maxConcurrent, onProgress } = options;
  const batchOptions = {
    ...options.options,
    ...(deduplicate === undefined ? {} : { deduplicate }),
    ...(maxConcurrent === undefined ? {} : { maxConcurrent }),
  };
  const startedMs = performance.now();
  const watching = new AbortController();
  const watched = signal === undefined ? watching.signal : AbortSignal.any([signal, watching.signal]);
  let opened: { batchId: string; done: Promise<BatchStatus> } | null = null;
  try {
    const submission = await client.submitDirectory(directory, {
      ...options,
      options: batchOptions,
      onOpened: async (batch) => {
        // Work begins with the first chunk, and so does the progress.
        const done = client.waitForBatch(batch.batchId, { signal: watched, onProgress });
        done.catch(() => {});
        opened = { batchId: batch.batchId, done };
        await options.onOpened?.(batch);
      },
    });
    const { listing, superseded, batch } = submission;
    await (opened as { done: Promise<BatchStatus> } | null)?.done;
    const seconds = (performance.now() - startedMs) / 1_000;
    return await client.report(batch.batchId, { seconds, listing, superseded, signal });
  } catch (error) {
    watching.abort();
    const batchId = (opened as { batchId: string } | null)?.batchId;
    // Whether it could be cancelled or not, the caller's error is what happened.
    if (signal?.aborted === true && batchId !== undefined) await client.cancelBatch(batchId).catch(() => {});
    throw error;
  }
}

/** As many as there are cores, unless the caller says otherwise; more than may be used at a time would only take memory. */
function slots({ workers, maxConcurrent }: ProcessDirectoryOptions): number | undefined {
  return maxConcurrent === undefined ? workers : Math.min(workers ?? availableParallelism(), maxConcurrent);
}
