import type { Classification } from "@sluice/contracts";
import type { ClassifierInput } from "./rules/index.ts";

/** Judges documents, one after the other. Never throws for what a document is. */
export interface Classifier {
  /** Labels a document, or abstains when the best label's confidence is below `minConfidence` (0–1; default: its own mark). */
  classify(input: ClassifierInput, options?: { readonly minConfidence?: number | undefined }): Classification;
}
