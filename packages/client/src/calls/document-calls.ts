import { type DocumentDetail, documentDetailSchema, type DocumentPage, documentPagesSchema } from "@sluice/contracts";
import type { z } from "zod";
import type { CallOptions } from "../call-options.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Bytes, whatever batches they were met in. */
export function documentCalls(calls: ApiCalls) {
  return {
    /** Everything that is known of some bytes, by their SHA-256 in hex. */
    getDocument(contentHash: string, options: CallOptions = {}): Promise<DocumentDetail> {
      return calls.get(documentPath(contentHash), documentDetailSchema, {}, options);
    },

    /** The pages of a document with their text, as the latest build has read it, in bounded memory. */
    async *documentPages(
      contentHash: string,
      options: CallOptions = {},
    ): AsyncGenerator<DocumentPage, void, undefined> {
      let extractHash: string | undefined;
      let after: number | null = 0;
      while (after !== null) {
        const page: z.infer<typeof documentPagesSchema> = await calls.get(
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
    },
  };
}

function documentPath(contentHash: string): string {
  return `/v1/documents/${encodeURIComponent(contentHash)}`;
}
