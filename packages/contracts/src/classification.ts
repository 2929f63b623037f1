import { z } from "zod";

export const CLASSIFIERS = ["rules", "none"] as const;
export const classifierSchema = z.enum(CLASSIFIERS);
export type Classifier = z.infer<typeof classifierSchema>;

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
  })
  .meta({ id: "Classification" });
export type Classification = z.infer<typeof classificationSchema>;
