import { z } from "zod";
import { hashSchema } from "./ids.ts";

/**
 * `rules` and `model` judge in the extractor, right after the text; `llm` and `cascade` (the model where it is as good as the
 * LLM, the LLM elsewhere) judge in a stage of their own.
 */
export const CLASSIFIERS = ["rules", "model", "llm", "cascade", "none"] as const;
export const classifierSchema = z.enum(CLASSIFIERS);
export type Classifier = z.infer<typeof classifierSchema>;

/** Who gave a label: a classifier, or a document that is almost the same and had one. */
export const LABEL_SOURCES = ["rules", "model", "llm", "near_duplicate"] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

/** One piece of evidence behind a label: which term, how much it weighed, and where it stood. */
export const termSchema = z.object({ term: z.string(), weight: z.number(), where: z.string() }).meta({ id: "Term" });
export type Term = z.infer<typeof termSchema>;

/** A category with the classifier's confidence in it, from 0 to 1. */
export const labelSchema = z
  .object({ category: z.string(), confidence: z.number().min(0).max(1) })
  .meta({ id: "Label" });
export type Label = z.infer<typeof labelSchema>;

/** A classifier's answer about one document. `category` is null unless the state is `classified`. */
export const classificationSchema = z
  .object({
    state: z.enum(["classified", "abstained", "no_text"]),
    category: z.string().nullable(),
    confidence: z.number().min(0).max(1),
    terms: z.array(termSchema).max(16),
    runnerUp: labelSchema.optional(),
    /** Under a taxonomy of many labels: all of them, the surest first, which is `category`. */
    labels: z.array(labelSchema).max(500).optional(),
    /** What the LLM said of why, cut at 500 characters. */
    reason: z.string().max(500).optional(),
    /** Absent: the rules. */
    source: z.enum(LABEL_SOURCES).optional(),
    /** The document whose label this one has, and the share of their shingles that they have in common. */
    nearDuplicate: z.object({ contentHash: hashSchema, jaccard: z.number().min(0).max(1) }).optional(),
  })
  .meta({ id: "Classification" });
export type Classification = z.infer<typeof classificationSchema>;
