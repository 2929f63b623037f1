import { z } from "zod";
import { batchIdSchema, hashSchema } from "./ids.ts";
import { documentMetadataSchema, documentWarningSchema } from "./shard.ts";
import { BATCH_STATES, PAGE_VERDICTS } from "./states.ts";
import { timeSchema } from "./time.ts";

export const documentLabelSchema = z
  .object({
    classifyHash: hashSchema.describe("Names all that changes a label: the taxonomy and the classifier's version."),
    state: z
      .enum(["classified", "abstained", "no_text"])
      .describe(
        "`classified`: it has a label; `abstained`: none was sure enough; `no_text`: there is nothing to judge.",
      ),
    category: z.string().nullable().describe("Id of the category in the taxonomy; null: no label."),
    confidence: z.number().describe("How sure the classifier is, from 0 to 1."),
  })
  .meta({ id: "DocumentLabel", description: "What a classifier said of a document." });
export type DocumentLabel = z.infer<typeof documentLabelSchema>;

export const extractionSchema = z
  .object({
    extractHash: hashSchema.describe(
      "Names all that changes a text: the engine's version and the options of extraction.",
    ),
    sizeBytes: z.int().describe("How many bytes it has."),
    format: z.string().describe("What the bytes are, such as `pdf`."),
    pages: z.int().describe("How many pages it has."),
    needsOcr: z.boolean().describe("Some of its pages are images of text, which OCR would have to read."),
    partial: z.boolean().describe("Some of its pages could not be read; the others are there."),
    metadata: documentMetadataSchema.describe("What the document says of itself."),
    warnings: z.array(documentWarningSchema).describe("What was odd about it, and did not keep it from being read."),
    createdAt: timeSchema.describe("When it was stored; an ISO 8601 time in UTC."),
    labels: z.array(documentLabelSchema).describe("What classifiers have said of it."),
    batches: z
      .array(
        z.object({
          batchId: batchIdSchema.describe("The batch."),
          name: z.string().nullable().describe("What people call the batch; null: it has no name."),
          state: z.enum(BATCH_STATES).describe("The batch's state."),
        }),
      )
      .describe("Batches that have it, the newest first, at most 100; one that has been deleted is not among them."),
  })
  .meta({ id: "Extraction", description: "A document as one build has read it, with one set of extraction options." });
export type Extraction = z.infer<typeof extractionSchema>;

export const documentDetailSchema = z
  .object({
    contentHash: hashSchema.describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    extractions: z.array(extractionSchema).describe("How it has been read, the latest first."),
  })
  .meta({ id: "DocumentDetail", description: "Bytes that are known, by their hash." });
export type DocumentDetail = z.infer<typeof documentDetailSchema>;

export const documentPageSchema = z
  .object({
    pageNo: z.int().min(1).describe("Number of the page, from 1."),
    verdict: z
      .enum(PAGE_VERDICTS)
      .describe(
        "What the page holds: `scanned` is an image of text, `garbled` is text that cannot be mapped to characters.",
      ),
    chars: z.int().describe("How many characters of text it has."),
    text: z.string().nullable().describe("Its text; null: the page failed, or its batch keeps no text."),
    error: z
      .object({
        code: z.string().describe("Which error, out of a closed list."),
        message: z.string().describe("What happened, to what, in words."),
      })
      .nullable()
      .describe("Why it could not be read; null: it could."),
  })
  .meta({ id: "DocumentPage", description: "A page of a document with its text." });
export type DocumentPage = z.infer<typeof documentPageSchema>;

export const documentPagesSchema = z
  .object({
    contentHash: hashSchema.describe("SHA-256 of the bytes, in lower-case hexadecimal."),
    extractHash: hashSchema.describe(
      "Names all that changes a text: the engine's version and the options of extraction.",
    ),
    pages: z.array(documentPageSchema).describe("The pages."),
    next: z.int().nullable().describe("The `after` of the pages that follow; null behind the last one."),
  })
  .meta({ id: "DocumentPages", description: "Some pages of a document, in order." });
export type DocumentPages = z.infer<typeof documentPagesSchema>;
