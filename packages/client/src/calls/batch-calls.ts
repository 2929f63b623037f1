import {
  type AppendItemsResponse,
  appendItemsResponseSchema,
  type AuditReport,
  auditReportSchema,
  batchListSchema,
  type BatchOptions,
  type BatchList,
  type BatchStatus,
  batchStatusSchema,
  type BatchSummary,
  batchSummarySchema,
  type ChangeBatchRequest,
  type ComparisonLine,
  type ContinueBatchResponse,
  continueBatchResponseSchema,
  type ItemSubmission,
  type LabelComparisonLine,
  type LlmCallPage,
  llmCallPageSchema,
  NDJSON,
  type OpenBatchRequest,
  type OpenBatchResponse,
  openBatchResponseSchema,
  type ReclassifyBatchRequest,
  type ReclassifyBatchResponse,
  reclassifyBatchResponseSchema,
  type RetryBatchRequest,
  type RetryBatchResponse,
  retryBatchResponseSchema,
  openedOptionsSchema,
} from "@sluice/contracts";
import type { BatchFilter, CallOptions, OnceOptions } from "../call-options.ts";
import { compareBatches, compareLabels, type LabelChangeFilter } from "../compare-batches.ts";
import { type Call, callForText, callJson } from "../http-call.ts";
import { itemChunks } from "../item-chunks.ts";
import type { ApiCalls } from "../api-calls.ts";
import { batchPath } from "../api-paths.ts";

/** Rows asked for at a time where the server answers in pages. */
const PAGE_ROWS = 1_000;

/** Batches: opened, filled, sealed, steered, and what became of them as a whole. */
export function batchCalls(calls: ApiCalls) {
  return {
    openBatch(request: OpenBatchRequest = {}, options: OnceOptions = {}): Promise<OpenBatchResponse> {
      return calls.once("/v1/batches", request, openBatchResponseSchema, options);
    },

    getBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
      return calls.get(batchPath(batchId), batchStatusSchema, {}, options);
    },

    /** What it was opened with, the taxonomy included; frozen. */
    getBatchOptions(batchId: string, options: CallOptions = {}): Promise<BatchOptions> {
      return calls.get(`${batchPath(batchId)}/options`, openedOptionsSchema, {}, options);
    },

    /** The newest, the very newest first; `limit` of them at most, by default 100. */
    async listBatches(options: CallOptions & BatchFilter & { limit?: number } = {}): Promise<BatchStatus[]> {
      return (await batchPage(calls, options)).batches;
    },

    /** All batches there are, the newest first, in bounded memory. */
    async *batches(options: CallOptions & BatchFilter = {}): AsyncGenerator<BatchStatus, void, undefined> {
      let cursor: string | null = null;
      do {
        const page: BatchList = await batchPage(calls, {
          ...options,
          limit: PAGE_ROWS,
          ...(cursor === null ? {} : { cursor }),
        });
        yield* page.batches;
        cursor = page.next;
      } while (cursor !== null);
    },

    /** Deletes a batch that has ended, with what only it has stored. It is gone at once; its rows follow in steps. */
    async deleteBatch(batchId: string, options: CallOptions = {}): Promise<void> {
      await callForText(calls.target, {
        method: "DELETE",
        path: batchPath(batchId),
        repeatable: false,
        ...options,
      });
    },

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
          calls.target,
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
    },

    /** Ends the submission: fails when the server has another count of items. The server takes the same seal twice. */
    sealBatch(batchId: string, items: number, options: CallOptions = {}): Promise<BatchStatus> {
      return calls.post(`${batchPath(batchId)}/seal`, { items }, batchStatusSchema, options, true);
    },

    cancelBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
      return calls.post(`${batchPath(batchId)}/cancel`, {}, batchStatusSchema, options);
    },

    /** Nothing more of it is handed out; what is being read ends. Pausing twice is pausing once. */
    pauseBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
      return calls.post(`${batchPath(batchId)}/pause`, {}, batchStatusSchema, options, true);
    },

    resumeBatch(batchId: string, options: CallOptions = {}): Promise<BatchStatus> {
      return calls.post(`${batchPath(batchId)}/resume`, {}, batchStatusSchema, options, true);
    },

    changeBatch(batchId: string, change: ChangeBatchRequest, options: CallOptions = {}): Promise<BatchStatus> {
      const body = JSON.stringify(change);
      const call: Call = { method: "PATCH", path: batchPath(batchId), body, repeatable: true, ...options };
      return callJson(calls.target, call, batchStatusSchema);
    },

    /** Makes failed items pending again; see `RetryBatchRequest`. Bound by ten minutes, as a large batch takes its time. */
    retryBatch(
      batchId: string,
      request: RetryBatchRequest = {},
      options: OnceOptions = {},
    ): Promise<RetryBatchResponse> {
      return calls.once(`${batchPath(batchId)}/retry`, request, retryBatchResponseSchema, options, calls.slow);
    },

    /**
     * Has the documents of a batch that has ended judged anew, in a batch of its own: nothing is read again, and its labels stay. Bound
     * by ten minutes, as a large batch takes its time.
     */
    reclassifyBatch(
      batchId: string,
      request: ReclassifyBatchRequest = {},
      options: OnceOptions = {},
    ): Promise<ReclassifyBatchResponse> {
      return calls.once(
        `${batchPath(batchId)}/reclassify`,
        request,
        reclassifyBatchResponseSchema,
        options,
        calls.slow,
      );
    },

    /** Hands what is pending to a new batch on the build that workers run now. Bound by ten minutes. */
    continueBatch(batchId: string, options: OnceOptions = {}): Promise<ContinueBatchResponse> {
      return calls.once(`${batchPath(batchId)}/continue`, {}, continueBatchResponseSchema, options, calls.slow);
    },

    summary(batchId: string, options: CallOptions = {}): Promise<BatchSummary> {
      return calls.get(`${batchPath(batchId)}/summary`, batchSummarySchema, {}, options);
    },

    /** Takes as long as the batch is large: not bound by `timeoutMs` but by ten minutes. */
    audit(batchId: string, options: CallOptions = {}): Promise<AuditReport> {
      const call: Call = { method: "GET", path: `${batchPath(batchId)}/audit`, repeatable: true, ...options };
      return callJson(calls.slow, call, auditReportSchema);
    },

    /** The calls to an LLM that were made for it, in pages, with what all of them came to. */
    listLlmCalls(
      batchId: string,
      options: CallOptions & { after?: number; limit?: number } = {},
    ): Promise<LlmCallPage> {
      const { signal, ...query } = options;
      const path = `${batchPath(batchId)}/llm-calls`;
      return calls.get(path, llmCallPageSchema, query, signal === undefined ? {} : { signal });
    },

    /** What differs between two batches whose sources have the same URIs, the summary last; see `compareBatches`. */
    compareBatches(left: string, right: string, options: CallOptions = {}): AsyncIterable<ComparisonLine> {
      const path = `${batchPath(left)}/compare/${encodeURIComponent(right)}`;
      return compareBatches(calls.slow, path, options.signal);
    },

    /** Labels of one batch that are others in another, and last which became which; see `compareLabels`. */
    compareLabels(
      left: string,
      right: string,
      options: CallOptions & LabelChangeFilter = {},
    ): AsyncIterable<LabelComparisonLine> {
      const path = `${batchPath(left)}/compare/${encodeURIComponent(right)}/labels`;
      return compareLabels(calls.slow, path, options);
    },
  };
}

function batchPage(
  calls: ApiCalls,
  options: CallOptions & BatchFilter & { limit?: number; cursor?: string },
): Promise<BatchList> {
  const { signal, ...query } = options;
  return calls.get("/v1/batches", batchListSchema, query, signal === undefined ? {} : { signal });
}
