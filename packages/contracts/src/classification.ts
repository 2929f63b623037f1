import { z } from "zod";
import { MOST_LABELS } from "./default-marks.ts";
import { hashSchema } from "./ids.ts";

/**
 * What judges documents: `rules` and `model` in the extractor, right after the text; in a stage of their own `llm`, and `cascade`, which is
 * the model where that is sure enough, and the LLM elsewhere.
 */
export const JUDGES = ["rules", "model", "llm", "cascade"] as const;

export const judgeSchema = z.enum(JUDGES);
export type Judge = z.infer<typeof judgeSchema>;

export const CLASSIFIERS = [...JUDGES, "none"] as const;
export const classifierSchema = z.enum(CLASSIFIERS);
export type Classifier = z.infer<typeof classifierSchema>;

/** Who gave a label; `near_duplicate`: whoever gave it to a document whose text is almost the same. */
export const LABEL_SOURCES = ["rules", "model", "llm", "near_duplicate"] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

export const termSchema = z
  .object({
    term: z.string().describe("The word or phrase, or the trait of a page's layout."),
    weight: z.number().describe("How much it weighed; a negative one spoke against the label."),
    where: z
      .string()
      .describe("Where it stood: `title`, `first lines`, `heading` or `text`; `structure` for a trait of the layout."),
  })
  .meta({ id: "Term", description: "One piece of evidence behind a label." });
export type Term = z.infer<typeof termSchema>;

export const runnerUpSchema = z
  .object({
    category: z.string().describe("Its id."),
    confidence: z.number().describe("What would have been its confidence, from 0 to 1."),
  })
  .meta({ id: "RunnerUp", description: "The category that came second, or the one that was withheld." });

export const sureLabelSchema = z
  .object({
    category: z.string().describe("Its id."),
    confidence: z.number().min(0).max(1).describe("How sure the classifier is of it, from 0 to 1."),
  })
  .meta({ id: "SureLabel", description: "One of the labels of a document." });
export type SureLabel = z.infer<typeof sureLabelSchema>;

export const labelOriginalSchema = z
  .object({
    contentHash: hashSchema.describe(
      "SHA-256 of the bytes of the document that was judged; it may have been deleted since.",
    ),
    similarity: z
      .number()
      .min(0)
      .max(1)
      .describe("Of all runs of five words that either text has, the share that both have (Jaccard), from 0 to 1."),
  })
  .meta({ id: "LabelOriginal", description: "The document whose label a near-duplicate was given." });
export type LabelOriginal = z.infer<typeof labelOriginalSchema>;

export const classificationSchema = z
  .object({
    state: z
      .enum(["classified", "abstained", "no_text"])
      .describe(
        "`classified`: it has a label; `abstained`: none was sure enough; `no_text`: there is nothing to judge.",
      ),
    category: z
      .string()
      .nullable()
      .describe("Id of the category, of several the surest; null unless the state is `classified`."),
    confidence: z.number().min(0).max(1).describe("How sure the classifier is of it, from 0 to 1."),
    labels: z
      .array(sureLabelSchema)
      .max(MOST_LABELS)
      .optional()
      .describe("Where a taxonomy gives several: all of them, the surest first. Absent: `category` is all there is."),
    terms: z.array(termSchema).max(16).describe("What spoke for the label, the weightiest first."),
    runnerUp: runnerUpSchema.optional().describe("The category that came second; absent: there was none."),
    source: z.enum(LABEL_SOURCES).optional().describe("Who gave it; absent: the rules."),
    original: labelOriginalSchema.optional().describe("Of a `near_duplicate`: whose label it is."),
    reason: z.string().max(500).optional().describe("What the LLM said of why."),
  })
  .meta({ id: "Classification", description: "A classifier's answer about one document." });
export type Classification = z.infer<typeof classificationSchema>;
