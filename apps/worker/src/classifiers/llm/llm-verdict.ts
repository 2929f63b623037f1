import type { Classification, LlmCall, Taxonomy } from "@sluice/contracts";

/** What LLM calls are judged by: the batch's. */
export interface LlmSettings {
  readonly taxonomy: Taxonomy;
  /** `multi`: any number of labels, or none. */
  readonly labels?: "single" | "multi" | undefined;
  /** Labels below it are withheld. null: the mark of `DEFAULT_MARKS`. */
  readonly minConfidence: number | null;
  /** Asks for a sentence that says why, which costs as much time again. */
  readonly withReason?: boolean | undefined;
}

/** A label by an LLM. */
export interface LlmClassification extends Classification {
  readonly source: "llm";
  /** What the LLM said of why, cut at 500 characters. */
  readonly reason?: string;
}

export type LlmFailureCode = "LLM_ANSWER_INVALID" | "LLM_REFUSED" | "LLM_TOO_LONG" | "LLM_TIMEOUT";

/**
 * What became of one document, with every call that was made for it. `put_off`: the server did not serve; nothing is known of the document,
 * which is to come again later and has lost no try.
 */
export type LlmVerdict = { readonly calls: readonly LlmCall[] } & (
  | { readonly outcome: "labelled"; readonly classification: LlmClassification }
  | { readonly outcome: "failed"; readonly code: LlmFailureCode; readonly message: string }
  | { readonly outcome: "put_off"; readonly code: "LLM_UNAVAILABLE" | "LLM_MODEL_MISSING"; readonly message: string }
);
