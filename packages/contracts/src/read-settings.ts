import { z } from "zod";
import { JUDGES } from "./classification.ts";
import { storedTaxonomySchema } from "./taxonomy.ts";

/** How documents are judged, by whoever judges them. */
export const classifySettingsSchema = z
  .object({
    classifier: z.enum(JUDGES),
    taxonomy: storedTaxonomySchema.nullable(),
    minConfidence: z.number().nullable(),
  })
  .meta({ id: "ClassifySettings" });
export type ClassifySettings = z.infer<typeof classifySettingsSchema>;

/** How documents are read and judged: what a batch froze, as far as an extractor needs it. */
export const readSettingsSchema = z
  .object({
    extract: z.object({
      maxPages: z.int(),
      maxTextBytes: z.int(),
      maxDocumentBytes: z.int(),
      documentTimeoutMs: z.int(),
      documentMemoryMb: z.int(),
    }),
    store: z.enum(["full", "meta"]),
    /** null: no label is asked for, or not here. */
    classify: classifySettingsSchema.nullable(),
  })
  .meta({ id: "ReadSettings" });
export type ReadSettings = z.infer<typeof readSettingsSchema>;
