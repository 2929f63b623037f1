import {
  AppError,
  type BatchOptionsInput,
  type BatchStatus,
  type OpenBatchRequest,
  type OpenBatchResponse,
} from "@sluice/contracts";
import {
  type SourceSubmission,
  submitItems,
  type SubmissionCheckpoint,
  type SubmitItemsOptions,
} from "./submit-items.ts";

export interface SubmitBatchOptions {
  /** For people, in lists. */
  readonly name?: string | undefined;
  readonly options?: BatchOptionsInput | undefined;
  /** Tried on encrypted documents. */
  readonly passwords?: readonly string[] | undefined;
  /** Names what is submitted; unfinished batches of the same name are cancelled when this one opens. */
  readonly submissionKey?: string | undefined;
  /** Names this very call: the same one again, from another process or after a crash, goes on with the same batch. */
  readonly idempotencyKey?: string | undefined;
  /** What an earlier try had come to: goes on from there, and opens nothing. */
  readonly resume?: SubmissionCheckpoint | undefined;
  readonly onOpened?: ((batch: BatchStatus) => void | Promise<void>) | undefined;
  readonly onCheckpoint?: SubmitItemsOptions["onCheckpoint"];
  readonly onListed?: SubmitItemsOptions["onListed"];
  readonly signal?: AbortSignal | undefined;
}

export interface Submission {
  /** Sealed, or done already. */
  readonly batch: BatchStatus;
  /** How many sources were handed in, those of earlier tries included. */
  readonly items: number;
  /** Unfinished batches that this one took the place of. */
  readonly superseded: readonly string[];
}

interface BatchTaker extends SubmitTarget {
  openBatch(
    request: OpenBatchRequest,
    options?: { signal?: AbortSignal; idempotencyKey?: string },
  ): Promise<OpenBatchResponse>;
  getBatch(batchId: string, options?: { signal?: AbortSignal }): Promise<BatchStatus>;
  sealBatch(batchId: string, items: number, options?: { signal?: AbortSignal }): Promise<BatchStatus>;
}
type SubmitTarget = Parameters<typeof submitItems>[0];

/**
 * Opens a batch, hands all sources in and seals it; work starts with the first chunk. Every step may be repeated, so that
 * a call that breaks off is sent again by itself. Throws ApiError; the signal's reason when it aborts; CONFLICT when
 * `resume` is of other sources.
 */
export async function submitBatch(
  client: BatchTaker,
  sources: Iterable<SourceSubmission> | AsyncIterable<SourceSubmission>,
  options: SubmitBatchOptions = {},
): Promise<Submission> {
  const { signal, resume } = options;
  const call = signal === undefined ? {} : { signal };
  const { batch, superseded } =
    resume === undefined
      ? await open(client, options)
      : { batch: await client.getBatch(resume.batchId, call), superseded: [] };
  await options.onOpened?.(batch);
  const { batchId } = batch;
  try {
    const items = await submitItems(client, batchId, sources, {
      signal,
      after: resume,
      onCheckpoint: options.onCheckpoint,
      onListed: options.onListed,
    });
    signal?.throwIfAborted();
    return { batch: await client.sealBatch(batchId, items, call), items, superseded };
  } catch (error) {
    // An earlier call of this name had come to its end, and only its answer was lost.
    if (options.idempotencyKey === undefined || !(error instanceof AppError) || error.code !== "BATCH_NOT_OPEN")
      throw error;
    const standing = await client.getBatch(batchId, call);
    if (standing.state === "cancelled") throw error;
    return { batch: standing, items: standing.items, superseded };
  }
}

async function open(client: BatchTaker, options: SubmitBatchOptions): Promise<OpenBatchResponse> {
  const { name, options: batchOptions, passwords, submissionKey, signal } = options;
  const request: OpenBatchRequest = { supersede: submissionKey !== undefined };
  if (name !== undefined) request.name = name;
  if (batchOptions !== undefined) request.options = batchOptions;
  if (passwords !== undefined) request.passwords = [...passwords];
  if (submissionKey !== undefined) request.submissionKey = submissionKey;
  const { idempotencyKey } = options;
  return await client.openBatch(request, {
    ...(signal === undefined ? {} : { signal }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}
