import {
  type AppendItemsResponse,
  appendItemsResponseSchema,
  AppError,
  type AuditReport,
  auditReportSchema,
  type BatchEvent,
  batchListSchema,
  type BatchList,
  type BatchStatus,
  batchStatusSchema,
  type BatchSummary,
  batchSummarySchema,
  type ChangeBatchRequest,
  type ComparisonLine,
  type CreateTokenRequest,
  type ContinueBatchResponse,
  continueBatchResponseSchema,
  type DocumentDetail,
  documentDetailSchema,
  type DocumentPage,
  documentPagesSchema,
  type CreateWebhookRequest,
  type CreateWebhookResponse,
  createWebhookResponseSchema,
  type Delivery,
  type DeliveryList,
  deliveryListSchema,
  deliverySchema,
  type DeliveryState,
  type EventsReset,
  type ExtractState,
  type FailureRow,
  failureRowSchema,
  type ItemDetail,
  itemDetailSchema,
  itemPageSchema,
  type ItemSubmission,
  NDJSON,
  type NewToken,
  newTokenSchema,
  type OpenBatchRequest,
  type OpenBatchResponse,
  openBatchResponseSchema,
  type PageRow,
  pageRowSchema,
  type Readiness,
  readinessSchema,
  type QueueRow,
  queueListSchema,
  type ReplayAnswer,
  replayAnswerSchema,
  type ReplayItemRequest,
  type ResultRow,
  resultRowSchema,
  type RetryBatchRequest,
  type RetryBatchResponse,
  retryBatchResponseSchema,
  type RetryItemRequest,
  type RotateTokenRequest,
  tokenListSchema,
  type TokenRow,
  type Upload,
  type Webhook,
  webhookListSchema,
  type WorkerRegistered,
  type WorkerRegistration,
  workerListSchema,
  workerRegisteredSchema,
  type WorkerRow,
} from "@sluice/contracts";
import type { z } from "zod";
import { ApiCalls } from "./api-calls.ts";
import type { BatchFilter, CallOptions, ExportOptions, ItemFilter, OnceOptions } from "./call-options.ts";
import { compareBatches } from "./compare-batches.ts";
import { type Call, callForText, callJson } from "./http-call.ts";
import { exportRows } from "./export-rows.ts";
import { itemChunks } from "./item-chunks.ts";
import { batchProgress, type BatchProgress } from "./progress/batch-progress.ts";
import { waitForBatch, type WaitOptions } from "./progress/wait-for-batch.ts";
import { search, type SearchFound, type SearchOptions } from "./search.ts";
import { listenEvents, type ListenOptions } from "./listen-events.ts";
import type { WatchOptions } from "./resumed-events.ts";
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
import { watchBatch } from "./watch-batch.ts";
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
  readonly #calls: ApiCalls;

  constructor(options: SluiceClientOptions) {
    this.#calls = new ApiCalls({
      baseUrl: normalBaseUrl(options.baseUrl),
      token: options.token ?? null,
      fetch: options.fetch ?? fetch,
      timeoutMs: options.timeoutMs ?? 30_000,
    });
  }

  get baseUrl(): string {
    return this.#calls.target.baseUrl;
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

  openBatch(request: OpenBatchRequest = {}, options: OnceOptions = {}): Promise<OpenBatchResponse> {
    return this.#calls.once("/v1/batches", request, openBatchResponseSchema, options);
  }

  getBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#calls.get(batchPath(batchId), batchStatusSchema, {}, options);
  }

  /** The newest, the very newest first; `limit` of them at most, by default 100. */
  async listBatches(options: CallOptions & BatchFilter & { limit?: number } = {}): Promise<BatchStatus[]> {
    return (await batchPage(this.#calls, options)).batches;
  }

  /** All batches there are, the newest first, in bounded memory. */
  async *batches(options: CallOptions & BatchFilter = {}): AsyncGenerator<BatchStatus, void, undefined> {
    let cursor: string | null = null;
    do {
      const page: BatchList = await batchPage(this.#calls, {
        ...options,
        limit: PAGE_ROWS,
        ...(cursor === null ? {} : { cursor }),
      });
      yield* page.batches;
      cursor = page.next;
    } while (cursor !== null);
  }

  /** Deletes a batch that has ended, with what only it has stored. It is gone at once; its rows follow in steps. */
  async deleteBatch(batchId: string, options: CallOptions = {}): Promise<void> {
    await callForText(this.#calls.target, {
      method: "DELETE",
      path: batchPath(batchId),
      repeatable: false,
      ...options,
    });
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
        this.#calls.target,
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
    return this.#calls.post(`${batchPath(batchId)}/seal`, { items }, batchStatusSchema, options, true);
  }

  cancelBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#calls.post(`${batchPath(batchId)}/cancel`, {}, batchStatusSchema, options);
  }

  /** Nothing more of it is handed out; what is being read ends. Pausing twice is pausing once. */
  pauseBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#calls.post(`${batchPath(batchId)}/pause`, {}, batchStatusSchema, options, true);
  }

  resumeBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
    return this.#calls.post(`${batchPath(batchId)}/resume`, {}, batchStatusSchema, options, true);
  }

  changeBatch(batchId: string, change: ChangeBatchRequest, options: CallOptions = {}): Promise<BatchStatus> {
    const body = JSON.stringify(change);
    const call: Call = { method: "PATCH", path: batchPath(batchId), body, repeatable: true, ...options };
    return callJson(this.#calls.target, call, batchStatusSchema);
  }

  /** Makes failed items pending again; see `RetryBatchRequest`. Bound by ten minutes, as a large batch takes its time. */
  retryBatch(batchId: string, request: RetryBatchRequest = {}, options: OnceOptions = {}): Promise<RetryBatchResponse> {
    return this.#calls.once(
      `${batchPath(batchId)}/retry`,
      request,
      retryBatchResponseSchema,
      options,
      this.#calls.slow,
    );
  }

  /** Hands what is pending to a new batch on the build that workers run now. Bound by ten minutes. */
  continueBatch(batchId: string, options: OnceOptions = {}): Promise<ContinueBatchResponse> {
    return this.#calls.once(
      `${batchPath(batchId)}/continue`,
      {},
      continueBatchResponseSchema,
      options,
      this.#calls.slow,
    );
  }

  getItem(batchId: string, ordinal: number, options: CallOptions = {}): Promise<ItemDetail> {
    return this.#calls.get(`${batchPath(batchId)}/items/${ordinal}`, itemDetailSchema, {}, options);
  }

  /** Items by ordinal that pass a filter, in bounded memory. */
  async *items(
    batchId: string,
    options: CallOptions & ItemFilter & { after?: number } = {},
  ): AsyncGenerator<ResultRow, void, undefined> {
    const { signal, needsOcr, after, ...filter } = options;
    let next: number | null = after ?? -1;
    while (next !== null) {
      const query = {
        ...filter,
        needsOcr: needsOcr === undefined ? undefined : String(needsOcr),
        after: next,
        limit: PAGE_ROWS,
      };
      const page: z.infer<typeof itemPageSchema> = await this.#calls.get(
        `${batchPath(batchId)}/items`,
        itemPageSchema,
        query,
        signal === undefined ? {} : { signal },
      );
      yield* page.items;
      next = page.next;
    }
  }

  /** The stored text of an item, a form feed between two pages, or that of one page. */
  itemText(batchId: string, ordinal: number, options: CallOptions & { page?: number } = {}): Promise<string> {
    const path = `${batchPath(batchId)}/items/${ordinal}/text`;
    const call: Call = { method: "GET", path, accept: "text/plain", query: { page: options.page }, repeatable: true };
    return callForText(this.#calls.target, options.signal === undefined ? call : { ...call, signal: options.signal });
  }

  /** Makes a failed item pending again; limits that are raised hold for the batch from then on. */
  retryItem(
    batchId: string,
    ordinal: number,
    request: RetryItemRequest = {},
    options: OnceOptions = {},
  ): Promise<ItemDetail> {
    return this.#calls.once(`${batchPath(batchId)}/items/${ordinal}/retry`, request, itemDetailSchema, options);
  }

  /** Has a worker read an item once more, with nothing stored. Bound by ten minutes, as a document may take long. */
  replayItem(
    batchId: string,
    ordinal: number,
    request: Partial<ReplayItemRequest> = {},
    options: CallOptions = {},
  ): Promise<ReplayAnswer> {
    const path = `${batchPath(batchId)}/items/${ordinal}/replay`;
    const call: Call = { method: "POST", path, body: JSON.stringify(request), repeatable: false, ...options };
    return callJson(this.#calls.slow, call, replayAnswerSchema);
  }

  /** What differs between two batches whose sources have the same URIs, the summary last; see `compareBatches`. */
  compareBatches(left: string, right: string, options: CallOptions = {}): AsyncIterable<ComparisonLine> {
    const path = `${batchPath(left)}/compare/${encodeURIComponent(right)}`;
    return compareBatches(this.#calls.slow, path, options.signal);
  }

  /** Everything that is known of some bytes, by their SHA-256 in hex. */
  getDocument(contentHash: string, options: CallOptions = {}): Promise<DocumentDetail> {
    return this.#calls.get(documentPath(contentHash), documentDetailSchema, {}, options);
  }

  /** The pages of a document with their text, as the latest build has read it, in bounded memory. */
  async *documentPages(contentHash: string, options: CallOptions = {}): AsyncGenerator<DocumentPage, void, undefined> {
    let extractHash: string | undefined;
    let after: number | null = 0;
    while (after !== null) {
      const page: z.infer<typeof documentPagesSchema> = await this.#calls.get(
        `${documentPath(contentHash)}/pages`,
        documentPagesSchema,
        { after, extractHash },
        options,
      );
      // A later build may read it meanwhile: all pages come from one.
      extractHash = page.extractHash;
      yield* page.pages;
      after = page.next;
    }
  }

  /** What waits for workers, and what each of them has in hand. */
  async listQueues(options: CallOptions = {}): Promise<QueueRow[]> {
    return (await this.#calls.get("/v1/queues", queueListSchema, {}, options)).queues;
  }

  /** The batch at once and at every change, to the final state; see `watchBatch`. */
  watchBatch(batchId: string, options: WatchOptions = {}): AsyncIterable<BatchStatus> {
    return watchBatch(this.#calls.target, `${batchPath(batchId)}/events`, options);
  }

  /** What happens to all batches that one may see, without end; see `listenEvents`. Go on elsewhere by the last `position`. */
  events(options: ListenOptions = {}): AsyncIterable<BatchEvent | EventsReset> {
    return listenEvents(this.#calls.target, { path: "/v1/events", ofBatch: false }, options);
  }

  /** What happens to one batch, until it has ended. */
  batchEvents(batchId: string, options: Omit<ListenOptions, "types"> = {}): AsyncIterable<BatchEvent | EventsReset> {
    return listenEvents(this.#calls.target, { path: `${batchPath(batchId)}/events`, ofBatch: true }, options);
  }

  /** Events are POSTed to a URL from now on; docs/events.md says how they are checked. The secret is shown this once. */
  createWebhook(request: CreateWebhookRequest, options: CallOptions = {}): Promise<CreateWebhookResponse> {
    return this.#calls.once("/v1/webhooks", request, createWebhookResponseSchema, options);
  }

  async listWebhooks(options: CallOptions = {}): Promise<Webhook[]> {
    return (await this.#calls.get("/v1/webhooks", webhookListSchema, {}, options)).webhooks;
  }

  async deleteWebhook(webhookId: string, options: CallOptions = {}): Promise<void> {
    await callForText(this.#calls.target, {
      method: "DELETE",
      path: webhookPath(webhookId),
      repeatable: false,
      ...options,
    });
  }

  /** What was and is to be delivered, the newest first; `next` is `before` of the page that follows. */
  listDeliveries(
    webhookId: string,
    options: CallOptions & { state?: DeliveryState; before?: number; limit?: number } = {},
  ): Promise<DeliveryList> {
    const { state, before, limit } = options;
    return this.#calls.get(
      `${webhookPath(webhookId)}/deliveries`,
      deliveryListSchema,
      { state, before, limit },
      options,
    );
  }

  /** Sends a delivery that has ended once more. */
  redeliver(webhookId: string, deliveryId: string, options: CallOptions = {}): Promise<Delivery> {
    const path = `${webhookPath(webhookId)}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`;
    return this.#calls.post(path, {}, deliverySchema, options);
  }

  /** Delivers a test; the log says what comes of it. */
  testWebhook(webhookId: string, options: CallOptions = {}): Promise<Delivery> {
    return this.#calls.post(`${webhookPath(webhookId)}/test`, {}, deliverySchema, options);
  }

  summary(batchId: string, options: CallOptions = {}): Promise<BatchSummary> {
    return this.#calls.get(`${batchPath(batchId)}/summary`, batchSummarySchema, {}, options);
  }

  /** Items by ordinal, in bounded memory; goes on after a broken connection where it stood. */
  results(
    batchId: string,
    options: CallOptions & { state?: ExtractState; after?: number } = {},
  ): AsyncIterable<ResultRow> {
    return streamRows(this.#calls.target, {
      path: `${batchPath(batchId)}/results`,
      query: { state: options.state },
      schema: resultRowSchema,
      placeOf: ({ ordinal }) => ordinal,
      after: options.after,
      signal: options.signal,
    });
  }

  /** Results as the server writes them, a row each item; see `exportRows`. */
  exportResults(batchId: string, options: ExportOptions): AsyncIterable<Uint8Array> {
    return exportRows(this.#calls.target, {
      path: `${batchPath(batchId)}/results`,
      place: ["ordinal"],
      format: options.format,
      query: { state: options.state },
      signal: options.signal,
    });
  }

  /** Pages with their text as the server writes them, a row each page; see `exportRows`. */
  exportPages(batchId: string, options: ExportOptions): AsyncIterable<Uint8Array> {
    return exportRows(this.#calls.target, {
      path: `${batchPath(batchId)}/pages`,
      place: ["ordinal", "pageNo"],
      format: options.format,
      query: { state: options.state },
      signal: options.signal,
    });
  }

  /** Pages with their text by item and page, in bounded memory; goes on after a broken connection where it stood. */
  pages(batchId: string, options: CallOptions & { state?: ExtractState; after?: string } = {}): AsyncIterable<PageRow> {
    return streamRows(this.#calls.target, {
      path: `${batchPath(batchId)}/pages`,
      query: { state: options.state },
      schema: pageRowSchema,
      after: options.after,
      placeOf: (row) => `${row.ordinal}.${row.pageNo}`,
      signal: options.signal,
    });
  }

  /** Pages that have the words, the best first; see `search`. */
  search(words: string, options: SearchOptions = {}): AsyncIterable<SearchFound> {
    return search(this.#calls.target, words, options);
  }

  /** Failed items by ordinal, in bounded memory. */
  failures(batchId: string, options: CallOptions & { after?: number } = {}): AsyncIterable<FailureRow> {
    return streamRows(this.#calls.target, {
      path: `${batchPath(batchId)}/failures`,
      query: { limit: PAGE_ROWS },
      schema: failureRowSchema,
      placeOf: ({ ordinal }) => ordinal,
      after: options.after,
      signal: options.signal,
      pages: true,
    });
  }

  /** Takes as long as the batch is large: not bound by `timeoutMs` but by ten minutes. */
  audit(batchId: string, options: CallOptions = {}): Promise<AuditReport> {
    const call: Call = { method: "GET", path: `${batchPath(batchId)}/audit`, repeatable: true, ...options };
    return callJson(this.#calls.slow, call, auditReportSchema);
  }

  /**
   * Hands bytes in and says how items name them. A path, a Blob or bytes are sent again after failures that can pass, large
   * ones from where the server stands; a stream is sent once. See `UploadOptions`.
   */
  upload(source: UploadSource, options: UploadOptions = {}): Promise<Upload> {
    return upload(this.#calls.slow, source, options);
  }

  /** Hands in many, some at a time, and yields what became of each in their order: one that fails costs the others nothing. */
  uploadMany(
    sources: Iterable<UploadSource> | AsyncIterable<UploadSource>,
    options: UploadManyOptions = {},
  ): AsyncIterable<UploadOutcome> {
    return uploadMany((source, each) => this.upload(source, each), sources, options);
  }

  registerWorker(registration: WorkerRegistration, options: CallOptions = {}): Promise<WorkerRegistered> {
    return this.#calls.post("/v1/workers", registration, workerRegisteredSchema, options);
  }

  async unregisterWorker(workerId: string, options: CallOptions = {}): Promise<void> {
    const path = `/v1/workers/${encodeURIComponent(workerId)}`;
    await callForText(this.#calls.target, { method: "DELETE", path, repeatable: false, ...options });
  }

  /** The worker gets no more shards, ends those it has, and leaves. */
  async drainWorker(workerId: string, options: CallOptions = {}): Promise<void> {
    const path = `/v1/workers/${encodeURIComponent(workerId)}/drain`;
    await callForText(this.#calls.target, { method: "POST", path, body: "{}", repeatable: true, ...options });
  }

  async listWorkers(options: CallOptions = {}): Promise<WorkerRow[]> {
    return (await this.#calls.get("/v1/workers", workerListSchema, {}, options)).workers;
  }

  /** The only answer that holds the token's secret. */
  createToken(request: CreateTokenRequest, options: CallOptions = {}): Promise<NewToken> {
    return this.#calls.post("/v1/tokens", request, newTokenSchema, options);
  }

  async listTokens(options: CallOptions = {}): Promise<TokenRow[]> {
    return (await this.#calls.get("/v1/tokens", tokenListSchema, {}, options)).tokens;
  }

  /** Another secret for the same token; the former one opens for an hour more unless the request says otherwise. */
  rotateToken(tokenId: string, request: RotateTokenRequest = {}, options: CallOptions = {}): Promise<NewToken> {
    return this.#calls.post(`/v1/tokens/${encodeURIComponent(tokenId)}/rotate`, request, newTokenSchema, options);
  }

  /** Revoking twice is revoking once; the last admin token stays (LAST_ADMIN). */
  async revokeToken(tokenId: string, options: CallOptions = {}): Promise<void> {
    const path = `/v1/tokens/${encodeURIComponent(tokenId)}`;
    await callForText(this.#calls.target, { method: "DELETE", path, repeatable: true, ...options });
  }

  /** Resolves when a coordinator answers there. Sent once. */
  async health(options: CallOptions = {}): Promise<void> {
    await callForText(this.#calls.target, { method: "GET", path: "/healthz", repeatable: false, ...options });
  }

  /** What the coordinator needs for its work, and whether that is there: "not ready" is an answer as well. Sent once. */
  readiness(options: CallOptions = {}): Promise<Readiness> {
    const call: Call = { method: "GET", path: "/readyz", repeatable: false, answersWith: 503, ...options };
    return callJson(this.#calls.target, call, readinessSchema);
  }
}

function batchPage(
  calls: ApiCalls,
  options: CallOptions & BatchFilter & { limit?: number; cursor?: string },
): Promise<BatchList> {
  const { signal, ...query } = options;
  return calls.get("/v1/batches", batchListSchema, query, signal === undefined ? {} : { signal });
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

function documentPath(contentHash: string): string {
  return `/v1/documents/${encodeURIComponent(contentHash)}`;
}

function webhookPath(webhookId: string): string {
  return `/v1/webhooks/${encodeURIComponent(webhookId)}`;
}

function normalBaseUrl(text: string): string {
  // `URL.parse` is younger than the oldest Node that this runs on.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new AppError("USAGE", `"${text}" is no address of a coordinator; expected http://host:port`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}
