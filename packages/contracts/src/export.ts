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

/** One page of one item: a line of `GET /v1/batches/:id/pages`. Ordered by item, then page. */
export const pageRowSchema = z
  .object({
    ordinal: ordinalSchema,
    /** From 1. */
    pageNo: z.int().min(1),
    uri: z.string(),
    /** The uri as people read it. */
    path: z.string(),
    contentHash: z.string(),
    verdict: z.enum(PAGE_VERDICTS),
    /** The document's. */
    category: z.string().nullable(),
    chars: z.int(),
    /** null: none was kept, as with `store: "meta"`. */
    text: z.string().nullable(),
  })
  .meta({ id: "PageRow" });
export type PageRow = z.infer<typeof pageRowSchema>;

/** Where a listing of pages goes on: behind a page (`17.3`), all pages of an item (`17`), or nothing (`-1`). */
export const pageCursorSchema = z
  .string()
  .regex(/^(-1|\d{1,10}(\.\d{1,10})?)$/, "expected ITEM or ITEM.PAGE")
  .refine((text) => text.split(".").every((part) => Number(part) <= LARGEST_INTEGER), "expected smaller numbers");
