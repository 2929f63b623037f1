import {
  type AppendItemsResponse,
  appendItemsResponseSchema,
  AppError,
  type AuditReport,
  auditReportSchema,
  batchListSchema,
  type BatchState,
  type BatchStatus,
  batchStatusSchema,
  type BatchSummary,
  batchSummarySchema,
  type ChangeBatchRequest,
  type ContinueBatchResponse,
  continueBatchResponseSchema,
  type ExtractState,
  type FailureRow,
  failureRowSchema,
  type ItemDetail,
  itemDetailSchema,
  type ItemSubmission,
  NDJSON,
  type OpenBatchRequest,
  type OpenBatchResponse,
  openBatchResponseSchema,
  type Readiness,
  readinessSchema,
  type ResultRow,
  resultRowSchema,
  type RetryBatchRequest,
  type RetryBatchResponse,
  retryBatchResponseSchema,
  type Upload,
  type WorkerRegistered,
  type WorkerRegistration,
  workerListSchema,
  workerRegisteredSchema,
  type WorkerRow,
} from "@sluice/contracts";
import type { z } from "zod";
import { type Call, callForText, callJson, type HttpTarget } from "./http-call.ts";
import { itemChunks } from "./item-chunks.ts";
import { batchProgress, type BatchProgress } from "./progress/batch-progress.ts";
import { waitForBatch, type WaitOptions } from "./progress/wait-for-batch.ts";
import { streamRows } from "./stream-rows.ts";
import { type Submission, submitBatch, type SubmitBatchOptions } from "./submission/submit-batch.ts";
import {
  type DirectorySubmission,
  submitDirectory,
  type SubmitDirectoryOptions,
} from "./submission/submit-directory.ts";
import type { SourceSubmission } from "./submission/submit-items.ts";
import type { BatchReport } from "./summary/batch-report.ts";
import { collectReport, type ReportFacts } from "./summary/collect-report.ts";
import { watchBatch, type WatchOptions } from "./watch-batch.ts";
import { upload, type UploadOptions } from "./upload.ts";
import { uploadMany, type UploadManyOptions, type UploadOutcome } from "./upload-many.ts";
import type { UploadSource } from "./upload-source.ts";

export interface SluiceClientOptions {
  /** Where a coordinator listens, `http://host:port`; a path before `/v1` is kept. */
  baseUrl: string;
  token?: string;
  fetch?: typeof fetch;
  /** Default 30 s; see `HttpTarget.timeoutMs`. */
  timeoutMs?: number;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface OpenBatchOptions extends CallOptions {
  /** Names this call, so that it may be sent again: the server opens one batch for it, and answers the same. */
  idempotencyKey?: string;
}

/** Rows asked for at a time where the server answers in pages. */
const PAGE_ROWS = 1_000;

/**
 * A coordinator's API, typed: every answer is parsed, every failure is an ApiError with the server's code, or UNREACHABLE
 * when nothing answered. Reads, and changes that may be made twice, are sent again after failures that can pass (at most
 * six times, with back-off, as Retry-After asks); the others are sent once.
 *
 * Most programs need `submitDirectory` or `submitBatch`, `waitForBatch`, and `results`.
 */
export class SluiceClient {
  readonly #target: HttpTarget;

  constructor(options: SluiceClientOptions) {
    this.#target = {
      baseUrl: normalBaseUrl(options.baseUrl),
      token: options.token ?? null,
      fetch: options.fetch ?? fetch,
      timeoutMs: options.timeoutMs ?? 30_000,
    };
  }

  get baseUrl(): string {
    return this.#target.baseUrl;
  }

  /** Hands in every file below folders and seals the batch; see `submitDirectory`. */
  submitDirectory(
    directory: string | readonly string[],
    options: SubmitDirectoryOptions = {},
  ): Promise<DirectorySubmission> {
    return submitDirectory(this, directory, options);
  }

  /** Hands in sources and seals the batch; see `submitBatch`. */
  submitBatch(
    sources: Iterable<SourceSubmission> | AsyncIterable<SourceSubmission>,
    options: SubmitBatchOptions = {},
  ): Promise<Submission> {
    return submitBatch(this, sources, options);
  }

  /** Resolves when the batch is done or cancelled, through restarts of the server. Aborting ends the waiting only. */
  waitForBatch(batchId: string, options: WaitOptions = {}): Promise<BatchStatus> {
    return waitForBatch(this.watchBatch(batchId, watchOptions(options)), options);
  }

  /** How the batch goes, at once and at every change, to its end. */
  progress(batchId: string, options: WatchOptions = {}): AsyncIterable<BatchProgress> {
    return batchProgress(this.watchBatch(batchId, options));
  }

  /** What became of a batch, with rates and failures. */
  async report(batchId: string, facts: ReportFacts = {}): Promise<BatchReport> {
    return (await collectReport(this, batchId, facts)).report;
  }

  openBatch(request: OpenBatchRequest = {}, options: OpenBatchOptions = {}): Promise<OpenBatchResponse> {
    const { idempotencyKey, signal } = options;
    const call: Call = {
      method: "POST",
      path: "/v1/batches",
      body: JSON.stringify(request),
      repeatable: idempotencyKey !== undefined,
    };
    if (idempotencyKey !== undefined) call.headers = { "idempotency-key": idempotencyKey };
    if (signal !== undefined) call.signal = signal;
    return callJson(this.#target, call, openBatchResponseSchema);
  }

  getBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#get(batchPath(batchId), batchStatusSchema, {}, options);
  }

  /** The newest first. */
  async listBatches(options: CallOptions & { state?: BatchState; limit?: number } = {}): Promise<BatchStatus[]> {
    const query = { state: options.state, limit: options.limit };
    return (await this.#get("/v1/batches", batchListSchema, query, options)).batches;
  }

  /**
   * Hands in items, in requests of a size that the server takes, one after the other. Handing in the same items again
   * is harmless; a gap is refused, with `nextOrdinal` in the error's context. Where the fleet is slower than what comes in,
   * the server refuses for a while, and this waits.
   */
  async appendItems(
    batchId: string,
    items: readonly ItemSubmission[],
    options: CallOptions = {},
  ): Promise<AppendItemsResponse> {
    const total = { accepted: 0, nextOrdinal: items[0]?.ordinal ?? 0 };
    for (const body of itemChunks(items)) {
      const answer = await callJson(
        this.#target,
        {
          method: "POST",
          path: `${batchPath(batchId)}/items`,
          body,
          contentType: NDJSON,
          repeatable: true,
          patient: true,
          ...options,
        },
        appendItemsResponseSchema,
      );
      total.accepted += answer.accepted;
      total.nextOrdinal = answer.nextOrdinal;
    }
    return total;
  }

  /** Ends the submission: fails when the server has another count of items. The server takes the same seal twice. */
  sealBatch(batchId: string, items: number, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#post(`${batchPath(batchId)}/seal`, { items }, batchStatusSchema, options, true);
  }

  cancelBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#post(`${batchPath(batchId)}/cancel`, {}, batchStatusSchema, options);
  }

  /** Nothing more of it is handed out; what is being read ends. Pausing twice is pausing once. */
  pauseBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#post(`${batchPath(batchId)}/pause`, {}, batchStatusSchema, options, true);
  }

  resumeBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#post(`${batchPath(batchId)}/resume`, {}, batchStatusSchema, options, true);
  }

  changeBatch(batchId: string, change: ChangeBatchRequest, options: CallOptions = {}): Promise<BatchStatus> {
    const body = JSON.stringify(change);
    const call: Call = { method: "PATCH", path: batchPath(batchId), body, repeatable: true, ...options };
    return callJson(this.#target, call, batchStatusSchema);
  }

  /** Makes failed items pending again; see `RetryBatchRequest`. Bound by ten minutes, as a large batch takes its time. */
  retryBatch(batchId: string, request: RetryBatchRequest = {}, options: CallOptions = {}): Promise<RetryBatchResponse> {
    const body = JSON.stringify(request);
    const call: Call = { method: "POST", path: `${batchPath(batchId)}/retry`, body, repeatable: false, ...options };
    return callJson(this.#slowTarget(), call, retryBatchResponseSchema);
  }

  /** Hands what is pending to a new batch on the build that workers run now. Bound by ten minutes. */
  continueBatch(batchId: string, options: CallOptions = {}): Promise<ContinueBatchResponse> {
    const path = `${batchPath(batchId)}/continue`;
    const call: Call = { method: "POST", path, body: "{}", repeatable: false, ...options };
    return callJson(this.#slowTarget(), call, continueBatchResponseSchema);
  }

  getItem(batchId: string, ordinal: number, options: CallOptions = {}): Promise<ItemDetail> {
    return this.#get(`${batchPath(batchId)}/items/${ordinal}`, itemDetailSchema, {}, options);
  }

  /** The batch at once and at every change, to the final state; see `watchBatch`. */
  watchBatch(batchId: string, options: WatchOptions = {}): AsyncIterable<BatchStatus> {
    return watchBatch(this.#target, `${batchPath(batchId)}/events`, options);
  }

  summary(batchId: string, options: CallOptions = {}): Promise<BatchSummary> {
    return this.#get(`${batchPath(batchId)}/summary`, batchSummarySchema, {}, options);
  }

  /** Items by ordinal, in bounded memory; goes on after a broken connection where it stood. */
  results(
    batchId: string,
    options: CallOptions & { state?: ExtractState; after?: number } = {},
  ): AsyncIterable<ResultRow> {
    return streamRows(this.#target, {
      path: `${batchPath(batchId)}/results`,
      query: { state: options.state },
      schema: resultRowSchema,
      after: options.after,
      signal: options.signal,
    });
  }

  /** Failed items by ordinal, in bounded memory. */
  failures(batchId: string, options: CallOptions & { after?: number } = {}): AsyncIterable<FailureRow> {
    return streamRows(this.#target, {
      path: `${batchPath(batchId)}/failures`,
      query: { limit: PAGE_ROWS },
      schema: failureRowSchema,
      after: options.after,
      signal: options.signal,
      pages: true,
    });
  }

  /** Takes as long as the batch is large: not bound by `timeoutMs` but by ten minutes. */
  audit(batchId: string, options: CallOptions = {}): Promise<AuditReport> {
    const call: Call = { method: "GET", path: `${batchPath(batchId)}/audit`, repeatable: true, ...options };
    return callJson(this.#slowTarget(), call, auditReportSchema);
  }

  /**
   * Hands bytes in and says how items name them. A path, a Blob or bytes are sent again after failures that can pass, large
   * ones from where the server stands; a stream is sent once. See `UploadOptions`.
   */
  upload(source: UploadSource, options: UploadOptions = {}): Promise<Upload> {
    return upload(this.#slowTarget(), source, options);
  }

  /** Hands in many, some at a time, and yields what became of each in their order: one that fails costs the others nothing. */
  uploadMany(
    sources: Iterable<UploadSource> | AsyncIterable<UploadSource>,
    options: UploadManyOptions = {},
  ): AsyncIterable<UploadOutcome> {
    return uploadMany((source, each) => this.upload(source, each), sources, options);
  }

  registerWorker(registration: WorkerRegistration, options: CallOptions = {}): Promise<WorkerRegistered> {
    return this.#post("/v1/workers", registration, workerRegisteredSchema, options);
  }

  async unregisterWorker(workerId: string, options: CallOptions = {}): Promise<void> {
    const path = `/v1/workers/${encodeURIComponent(workerId)}`;
    await callForText(this.#target, { method: "DELETE", path, repeatable: false, ...options });
  }

  /** The worker gets no more shards, ends those it has, and leaves. */
  async drainWorker(workerId: string, options: CallOptions = {}): Promise<void> {
    const path = `/v1/workers/${encodeURIComponent(workerId)}/drain`;
    await callForText(this.#target, { method: "POST", path, body: "{}", repeatable: true, ...options });
  }

  async listWorkers(options: CallOptions = {}): Promise<WorkerRow[]> {
    return (await this.#get("/v1/workers", workerListSchema, {}, options)).workers;
  }

  /** Resolves when a coordinator answers there. Sent once. */
  async health(options: CallOptions = {}): Promise<void> {
    await callForText(this.#target, { method: "GET", path: "/healthz", repeatable: false, ...options });
  }

  /** What the coordinator needs for its work, and whether that is there: "not ready" is an answer as well. Sent once. */
  readiness(options: CallOptions = {}): Promise<Readiness> {
    const call: Call = { method: "GET", path: "/readyz", repeatable: false, answersWith: 503, ...options };
    return callJson(this.#target, call, readinessSchema);
  }

  #slowTarget(): HttpTarget {
    return { ...this.#target, timeoutMs: Math.max(this.#target.timeoutMs, 600_000) };
  }

  #get<S extends z.ZodType>(
    path: string,
    schema: S,
    query: Record<string, string | number | undefined>,
    { signal }: CallOptions,
  ): Promise<z.infer<S>> {
    const call: Call = { method: "GET", path, query, repeatable: true };
    return callJson(this.#target, signal === undefined ? call : { ...call, signal }, schema);
  }

  #post<S extends z.ZodType>(
    path: string,
    body: unknown,
    schema: S,
    { signal }: CallOptions,
    repeatable = false,
  ): Promise<z.infer<S>> {
    const call: Call = { method: "POST", path, body: JSON.stringify(body), repeatable };
    return callJson(this.#target, signal === undefined ? call : { ...call, signal }, schema);
  }
}

function watchOptions({ signal, giveUpAfterMs }: WaitOptions): WatchOptions {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(giveUpAfterMs === undefined ? {} : { giveUpAfterMs }),
  };
}

function batchPath(batchId: string): string {
  return `/v1/batches/${encodeURIComponent(batchId)}`;
}

function normalBaseUrl(text: string): string {
  // `URL.parse` is younger than the oldest Node that this runs on.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("USAGE", `"${text}" is no address of a coordinator; expected http://host:port`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
