import type { Taxonomy } from "@sluice/contracts";
import { MOST_LABELS } from "@sluice/contracts/default-marks";

export interface AnswerForm {
  readonly labels: "single" | "multi";
  readonly withReason: boolean;
}

/** A short sentence; what is longer is cut, and costs as much again as the label. */
const REASON_TOKENS = 64;

/** The JSON schema of answers: nothing but ids of the taxonomy can be said. The reason comes last, so that it moves no label. */
export function answerSchema(taxonomy: Taxonomy, form: AnswerForm): object {
  const id = { type: "string", enum: taxonomy.categories.map((category) => category.id) };
  const properties = {
    ...(form.labels === "single"
      ? { category: id }
      : { categories: { type: "array", items: id, maxItems: Math.min(MOST_LABELS, taxonomy.categories.length) } }),
    // Without `maxLength`, which OpenAI's own servers refuse.
    ...(form.withReason ? { reason: { type: "string" } } : {}),
  };
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** As many tokens as a right answer can take. Ollama's own, with their line breaks, take 11 to 13 for one short id. */
export function answerTokens(taxonomy: Taxonomy, form: AnswerForm): number {
  const longest = Math.max(...taxonomy.categories.map((category) => category.id.length));
  // Rare ids fall apart into pairs of letters.
  const id = 4 + Math.ceil(longest / 2);
  const ids = form.labels === "single" ? id : id * Math.min(MOST_LABELS, taxonomy.categories.length);
  return Math.max(24, 12 + ids) + (form.withReason ? REASON_TOKENS : 0);
}
