import { type SearchHit, type SearchResponse, searchResponseSchema } from "@sluice/contracts";
import { callJson, type HttpTarget } from "./http-call.ts";

export interface SearchOptions {
  batch?: string | undefined;
  category?: string | undefined;
  /** ISO 639-1. */
  language?: string | undefined;
  /** Hits an answer, 1 to 100; default 20. */
  limit?: number | undefined;
  signal?: AbortSignal;
}

/** One answer's hits, and what is true of the whole search. */
export type SearchFound = Pick<SearchResponse, "exhaustive" | "searchable"> & { hits: SearchHit[] };

/**
 * Hits of a search, answer by answer, the best first: stop the loop when there are enough. What an answer may miss, because it is
 * not searchable yet or because very many pages have the words, is said with it.
 */
export async function* search(
  target: HttpTarget,
  words: string,
  { signal, ...filter }: SearchOptions,
): AsyncGenerator<SearchFound, void, undefined> {
  let cursor: string | undefined;
  do {
    const { hits, next, exhaustive, searchable }: SearchResponse = await callJson(
      target,
      {
        method: "GET",
        path: "/v1/search",
        query: { q: words, ...filter, cursor },
        repeatable: true,
        ...(signal === undefined ? {} : { signal }),
      },
      searchResponseSchema,
    );
    yield { hits, exhaustive, searchable };
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
