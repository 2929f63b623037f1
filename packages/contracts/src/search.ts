import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { batchIdSchema, hashSchema, ordinalSchema } from "./ids.ts";

export const searchQuerySchema = closedObject({
  /** All of the words; `"in this order"`, `this OR that`, `-not this`, `begin*`. */
  q: z.string().min(1).max(1_000, "a query has 1,000 characters at most"),
  batch: batchIdSchema.optional(),
  category: z.string().max(200).optional(),
  /** ISO 639-1, as documents are found to be in. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/, "expected two letters, such as en")
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next` of the answer before. */
  cursor: z.string().max(500).optional(),
});

/** A part of a page's text, line ends as spaces, and where in it the words are: UTF-16 units, the end not included. */
export const searchFragmentSchema = z
  .object({
    text: z.string(),
    marks: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })),
  })
  .meta({ id: "SearchFragment" });
export type SearchFragment = z.infer<typeof searchFragmentSchema>;

/** A page that has the words, with some of the items that have the page. */
export const searchHitSchema = z
  .object({
    contentHash: hashSchema,
    pageNo: z.int().min(1),
    /** Higher is better; of no meaning beside another query's. */
    rank: z.number(),
    language: z.string().nullable(),
    title: z.string().nullable(),
    fragments: z.array(searchFragmentSchema),
    items: z.array(
      z.object({
        batchId: batchIdSchema,
        ordinal: ordinalSchema,
        uri: z.string(),
        path: z.string(),
        category: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "SearchHit" });
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchResponseSchema = z
  .object({
    hits: z.array(searchHitSchema),
    /** null: there is no more. */
    next: z.string().nullable(),
    /** false: more pages have the words than are compared; more words, or a filter, find the best. */
    exhaustive: z.boolean(),
    /** How much of what there is can be found. */
    searchable: z.object({
      /** Items with a document that are searchable yet. */
      items: z.int(),
      /** Of so many. */
      of: z.int(),
      /** Items whose text was not kept: they never are. */
      withoutText: z.int(),
      /** Of `items`, those with pages that the index could not take; all else of them is found. */
      refused: z.int().default(0),
      /** Batches that could not be gone on with, and are tried again from time to time. */
      stalled: z.int().default(0),
    }),
  })
  .meta({ id: "SearchResponse" });
export type SearchResponse = z.infer<typeof searchResponseSchema>;
