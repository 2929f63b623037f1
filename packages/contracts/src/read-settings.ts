import { z } from "zod";
import { JUDGES } from "./classification.ts";
import { hashSchema } from "./ids.ts";
import { storedTaxonomySchema } from "./taxonomy.ts";

export const classifySettingsSchema = z
  .object({
    classifier: z.enum(JUDGES).describe("What gives the labels."),
    taxonomy: storedTaxonomySchema
      .nullable()
      .describe("The categories; null: the built-in taxonomy of business documents."),
    minConfidence: z
      .number()
      .nullable()
      .describe("Labels below this confidence, from 0 to 1, are withheld. null: the classifier's own mark."),
    model: hashSchema
      .optional()
      .describe("The trained model, by the SHA-256 of its file; only for `model` and `cascade`."),
    modelConfidence: z
      .number()
      .optional()
      .describe("Only for `cascade`: from this confidence on, from 0 to 1, the label is the model's."),
  })
  .meta({ id: "ClassifySettings", description: "How documents are judged, by whoever judges them." });
export type ClassifySettings = z.infer<typeof classifySettingsSchema>;

export const readSettingsSchema = z
  .object({
    extract: z
      .object({
        maxPages: z.int().describe("Pages of a document at most."),
        maxTextBytes: z.int().describe("Text of a document at most, in bytes of UTF-8."),
        maxDocumentBytes: z.int().describe("Size of a document at most, in bytes."),
        documentTimeoutMs: z.int().describe("Time that one document may take in its extractor, in milliseconds."),
        documentMemoryMb: z.int().describe("Memory that one extractor may use while it reads one document, in MiB."),
      })
      .describe("Limits of extraction."),
    store: z
      .enum(["full", "meta"])
      .describe("`full` keeps page text; `meta` keeps verdicts, metadata and labels alone."),
    classify: classifySettingsSchema
      .nullable()
      .describe("How documents are judged in this stage; null: no label is asked for, or not here."),
  })
  .meta({
    id: "ReadSettings",
    description: "How documents are read and judged: what a batch froze, as far as an extractor needs it.",
  });
export type ReadSettings = z.infer<typeof readSettingsSchema>;
