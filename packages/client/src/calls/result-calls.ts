import {
  type ExtractState,
  type FailureRow,
  failureRowSchema,
  type LlmCallPage,
  llmCallPageSchema,
  type PageRow,
  pageRowSchema,
  type ResultRow,
  resultRowSchema,
} from "@sluice/contracts";
import type { CallOptions, ExportOptions } from "../call-options.ts";
import { exportRows } from "../export-rows.ts";
import { search, type SearchFound, type SearchOptions } from "../search.ts";
import { streamRows } from "../stream-rows.ts";
import type { ApiCalls } from "../api-calls.ts";
import { batchPath } from "../api-paths.ts";

/** Rows asked for at a time where the server answers in pages. */
const PAGE_ROWS = 1_000;

/** What came out of a batch, row by row, in bounded memory. */
export function resultCalls(calls: ApiCalls) {
  return {
    /** Items by ordinal, in bounded memory; goes on after a broken connection where it stood. */
    results(
      batchId: string,
      options: CallOptions & { state?: ExtractState; after?: number } = {},
    ): AsyncIterable<ResultRow> {
      return streamRows(calls.target, {
        path: `${batchPath(batchId)}/results`,
        query: { state: options.state },
        schema: resultRowSchema,
        placeOf: ({ ordinal }) => ordinal,
        after: options.after,
        signal: options.signal,
      });
    },

    /** Pages with their text by item and page, in bounded memory; goes on after a broken connection where it stood. */
    pages(
      batchId: string,
      options: CallOptions & { state?: ExtractState; after?: string } = {},
    ): AsyncIterable<PageRow> {
      return streamRows(calls.target, {
        path: `${batchPath(batchId)}/pages`,
        query: { state: options.state },
        schema: pageRowSchema,
        after: options.after,
        placeOf: (row) => `${row.ordinal}.${row.pageNo}`,
        signal: options.signal,
      });
    },

    /** A page of the calls to LLMs that were made for a batch (by default 100, at most 1,000), with what all of them came to. */
    listLlmCalls(
      batchId: string,
      { after, limit, ...options }: CallOptions & { after?: number; limit?: number } = {},
    ): Promise<LlmCallPage> {
      return calls.get(`${batchPath(batchId)}/llm-calls`, llmCallPageSchema, { after, limit }, options);
    },

    /** Failed items by ordinal, in bounded memory. */
    failures(batchId: string, options: CallOptions & { after?: number } = {}): AsyncIterable<FailureRow> {
      return streamRows(calls.target, {
        path: `${batchPath(batchId)}/failures`,
        query: { limit: PAGE_ROWS },
        schema: failureRowSchema,
        placeOf: ({ ordinal }) => ordinal,
        after: options.after,
        signal: options.signal,
        pages: true,
      });
    },

    /** Results as the server writes them, a row each item; see `exportRows`. */
    exportResults(batchId: string, options: ExportOptions): AsyncIterable<Uint8Array> {
      return exportRows(calls.target, {
        path: `${batchPath(batchId)}/results`,
        place: ["ordinal"],
        format: options.format,
        query: { state: options.state },
        signal: options.signal,
      });
    },

    /** Pages with their text as the server writes them, a row each page; see `exportRows`. */
    exportPages(batchId: string, options: ExportOptions): AsyncIterable<Uint8Array> {
      return exportRows(calls.target, {
        path: `${batchPath(batchId)}/pages`,
        place: ["ordinal", "pageNo"],
        format: options.format,
        query: { state: options.state },
        signal: options.signal,
      });
    },

    /** Pages that have the words, the best first; see `search`. */
    search(words: string, options: SearchOptions = {}): AsyncIterable<SearchFound> {
      return search(calls.target, words, options);
    },
  };
}
