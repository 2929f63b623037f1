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

export const searchFragmentSchema = z
  .object({
    text: z.string().describe("A part of the page's text, line ends as spaces."),
    marks: z
      .array(
        z.object({
          start: z.int().min(0).describe("Where a word begins, in UTF-16 units from 0."),
          end: z.int().min(0).describe("Where it ends; the unit there is no part of it."),
        }),
      )
      .describe("Where in it the words are."),
  })
  .meta({
    id: "SearchFragment",
    description:
      "A part of a page's text, line ends as spaces, and where in it the words are: UTF-16 units, the end not included.",
  });
export type SearchFragment = z.infer<typeof searchFragmentSchema>;

export const searchHitSchema = z
  .object({
    contentHash: hashSchema.describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    pageNo: z.int().min(1).describe("Number of the page, from 1."),
    rank: z.number().describe("Higher is better; of no meaning beside another query's."),
    language: z
      .string()
      .nullable()
      .describe("The document's language, by its code of two letters; null: it was not found out."),
    title: z.string().nullable().describe("The document's title; null: it says none."),
    fragments: z.array(searchFragmentSchema).describe("The parts of the page that have the words."),
    items: z
      .array(
        z.object({
          batchId: batchIdSchema.describe("The batch."),
          ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
          uri: z
            .string()
            .describe(
              "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
            ),
          path: z.string().describe("The uri as people read it."),
          category: z.string().nullable().describe("Id of the category in the taxonomy; null: no label."),
        }),
      )
      .describe("Some of the items that have the page, those of the newest batch first."),
  })
  .meta({ id: "SearchHit", description: "A page that has the words, with some of the items that have the page." });
export type SearchHit = z.infer<typeof searchHitSchema>;

export const searchResponseSchema = z
  .object({
    hits: z.array(searchHitSchema).describe("The pages that have the words."),
    next: z.string().nullable().describe("The `cursor` of the page that follows; null: there is no more."),
    exhaustive: z
      .boolean()
      .describe("false: more pages have the words than are compared; more words, or a filter, find the best."),
    searchable: z
      .object({
        items: z.int().describe("Items with a document that are searchable yet."),
        of: z.int().describe("Items with a document whose text is kept, searchable or not yet."),
        withoutText: z.int().describe("Items whose text was not kept: they never are."),
        refused: z
          .int()
          .default(0)
          .describe("Of `items`, those with pages that the index could not take; all else of them is found."),
        stalled: z
          .int()
          .default(0)
          .describe("Batches that could not be gone on with, and are tried again from time to time."),
      })
      .describe("How much of what there is can be found."),
  })
  .meta({ id: "SearchResponse", description: "A page of hits, the best first." });
export type SearchResponse = z.infer<typeof searchResponseSchema>;
