import { z } from "zod";
import { LARGEST_INTEGER, ordinalSchema } from "./ids.ts";
import { NDJSON } from "./protocol.ts";
import { PAGE_VERDICTS } from "./states.ts";

/** What results and pages can be written as. */
export const EXPORT_FORMATS = ["ndjson", "csv", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const EXPORT_MEDIA_TYPES = {
  ndjson: NDJSON,
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
} as const satisfies Record<ExportFormat, string>;

export const pageRowSchema = z
  .object({
    ordinal: ordinalSchema.describe("Position of the item in its batch, from 0."),
    pageNo: z.int().min(1).describe("Number of the page, from 1."),
    uri: z
      .string()
      .describe(
        "The source: `file://`, `s3://`, `https://`, or `upload://`; a member of an archive is named after a `#`.",
      ),
    path: z.string().describe("The uri as people read it."),
    contentHash: z.string().describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    verdict: z
      .enum(PAGE_VERDICTS)
      .describe(
        "What the page holds: `scanned` is an image of text, `garbled` is text that cannot be mapped to characters.",
      ),
    category: z.string().nullable().describe("The document's label; null: it has none."),
    chars: z.int().describe("How many characters of text it has."),
    text: z.string().nullable().describe('null: none was kept, as with `store: "meta"`.'),
  })
  .meta({ id: "PageRow", description: "One page of one item. Ordered by item, then page." });
export type PageRow = z.infer<typeof pageRowSchema>;

/** Where a listing of pages goes on: behind a page (`17.3`), all pages of an item (`17`), or nothing (`-1`). */
export const pageCursorSchema = z
  .string()
  .regex(/^(-1|\d{1,10}(\.\d{1,10})?)$/, "expected ITEM or ITEM.PAGE")
  .refine((text) => text.split(".").every((part) => Number(part) <= LARGEST_INTEGER), "expected smaller numbers");
