import {
  type ItemDetail,
  itemDetailSchema,
  itemPageSchema,
  type ReplayAnswer,
  replayAnswerSchema,
  type ReplayItemRequest,
  type ResultRow,
  type RetryItemRequest,
} from "@sluice/contracts";
import type { z } from "zod";
import type { CallOptions, ItemFilter, OnceOptions } from "../call-options.ts";
import { type Call, callForText, callJson } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";
import { batchPath } from "../api-paths.ts";

/** Rows asked for at a time where the server answers in pages. */
const PAGE_ROWS = 1_000;

/** The items of a batch, one by one. */
export function itemCalls(calls: ApiCalls) {
  return {
    getItem(batchId: string, ordinal: number, options: CallOptions = {}): Promise<ItemDetail> {
      return calls.get(`${batchPath(batchId)}/items/${ordinal}`, itemDetailSchema, {}, options);
    },

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
        const page: z.infer<typeof itemPageSchema> = await calls.get(
          `${batchPath(batchId)}/items`,
          itemPageSchema,
          query,
          signal === undefined ? {} : { signal },
        );
        yield* page.items;
        next = page.next;
      }
    },

    /** The stored text of an item, a form feed between two pages, or that of one page. */
    itemText(batchId: string, ordinal: number, options: CallOptions & { page?: number } = {}): Promise<string> {
      const path = `${batchPath(batchId)}/items/${ordinal}/text`;
      const call: Call = { method: "GET", path, accept: "text/plain", query: { page: options.page }, repeatable: true };
      return callForText(calls.target, options.signal === undefined ? call : { ...call, signal: options.signal });
    },

    /** Makes a failed item pending again; limits that are raised hold for the batch from then on. */
    retryItem(
      batchId: string,
      ordinal: number,
      request: RetryItemRequest = {},
      options: OnceOptions = {},
    ): Promise<ItemDetail> {
      return calls.once(`${batchPath(batchId)}/items/${ordinal}/retry`, request, itemDetailSchema, options);
    },

    /** Has a worker read an item once more, with nothing stored. Bound by ten minutes, as a document may take long. */
    replayItem(
      batchId: string,
      ordinal: number,
      request: Partial<ReplayItemRequest> = {},
      options: CallOptions = {},
    ): Promise<ReplayAnswer> {
      const path = `${batchPath(batchId)}/items/${ordinal}/replay`;
      const call: Call = { method: "POST", path, body: JSON.stringify(request), repeatable: false, ...options };
      return callJson(calls.slow, call, replayAnswerSchema);
    },
  };
}
