import { z } from "zod";

/** What judges documents: `rules` in the extractor, right after the text; `llm` in a stage of its own. */
export const JUDGES = ["rules", "llm"] as const;

export const judgeSchema = z.enum(JUDGES);
export type Judge = z.infer<typeof judgeSchema>;

export const CLASSIFIERS = [...JUDGES, "none"] as const;
export const classifierSchema = z.enum(CLASSIFIERS);
export type Classifier = z.infer<typeof classifierSchema>;

/** Who gave a label. */
export const LABEL_SOURCES = ["rules", "llm"] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

/** One piece of evidence behind a label: which term, how much it weighed, and where it stood. */
export const termSchema = z.object({ term: z.string(), weight: z.number(), where: z.string() }).meta({ id: "Term" });
export type Term = z.infer<typeof termSchema>;

/** A classifier's answer about one document. `category` is null unless the state is `classified`. */
export const classificationSchema = z
  .object({
    state: z.enum(["classified", "abstained", "no_text"]),
    category: z.string().nullable(),
    confidence: z.number().min(0).max(1),
    terms: z.array(termSchema).max(16),
    runnerUp: z.object({ category: z.string(), confidence: z.number() }).optional(),
    /** Who gave it. Absent: the rules. */
    source: z.enum(LABEL_SOURCES).optional(),
    /** What the LLM said of why. */
    reason: z.string().max(500).optional(),
  })
  .meta({ id: "Classification" });
export type Classification = z.infer<typeof classificationSchema>;
