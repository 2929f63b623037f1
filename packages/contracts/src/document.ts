import { z } from "zod";
import { batchIdSchema, hashSchema } from "./ids.ts";
import { documentMetadataSchema, documentWarningSchema } from "./shard.ts";
import { BATCH_STATES, PAGE_VERDICTS } from "./states.ts";

/** What a classifier said of a document. */
export const documentLabelSchema = z
  .object({
    classifyHash: hashSchema,
    state: z.enum(["classified", "abstained", "no_text"]),
    category: z.string().nullable(),
    confidence: z.number(),
  })
  .meta({ id: "DocumentLabel" });
export type DocumentLabel = z.infer<typeof documentLabelSchema>;

/** A document as one build has read it, with one set of extraction options. */
export const extractionSchema = z
  .object({
    extractHash: hashSchema,
    sizeBytes: z.int(),
    format: z.string(),
    pages: z.int(),
    needsOcr: z.boolean(),
    partial: z.boolean(),
    metadata: documentMetadataSchema,
    warnings: z.array(documentWarningSchema),
    createdAt: z.string(),
    labels: z.array(documentLabelSchema),
    /** Batches that have it, the newest first, at most 100; one that has been deleted is not among them. */
    batches: z.array(z.object({ batchId: batchIdSchema, name: z.string().nullable(), state: z.enum(BATCH_STATES) })),
  })
  .meta({ id: "Extraction" });
export type Extraction = z.infer<typeof extractionSchema>;

/** Bytes that are known, by their hash. */
export const documentDetailSchema = z
  .object({
    contentHash: hashSchema,
    /** The latest first. */
    extractions: z.array(extractionSchema),
  })
  .meta({ id: "DocumentDetail" });
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const documentPageSchema = z
  .object({
    pageNo: z.int().min(1),
    verdict: z.enum(PAGE_VERDICTS),
    chars: z.int(),
    /** null: the page failed, or its batch keeps no text. */
    text: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: "DocumentPage" });
export type DocumentPage = z.infer<typeof documentPageSchema>;

export const documentPagesSchema = z
  .object({
    contentHash: hashSchema,
    extractHash: hashSchema,
    pages: z.array(documentPageSchema),
    /** The `after` of the pages that follow; null behind the last one. */
    next: z.int().nullable(),
  })
  .meta({ id: "DocumentPages" });
export type DocumentPages = z.infer<typeof documentPagesSchema>;
