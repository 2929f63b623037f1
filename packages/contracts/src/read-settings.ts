import { z } from "zod";
import { storedTaxonomySchema } from "./taxonomy.ts";

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
    /** null: no label is asked for. */
    classify: z
      .object({
        classifier: z.literal("rules"),
        taxonomy: storedTaxonomySchema.nullable(),
        minConfidence: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "ReadSettings" });
export type ReadSettings = z.infer<typeof readSettingsSchema>;
