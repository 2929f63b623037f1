import type { Judge } from "./classification.ts";

/** Confidence below which a label is withheld where a batch asks for no other. */
export const DEFAULT_MARKS: Readonly<Record<Judge, number>> = {
  // Texts of no business kind that have the form of one reach 0.62; documents of the eighteen kinds are seldom below 0.8.
  rules: 0.65,
  // A label that is likelier wrong than right is none.
  model: 0.5,
  // A label that is given less than half of the odds is no likelier than that it is one of the others.
  llm: 0.5,
  // Of what the LLM is asked about; the model has its own.
  cascade: 0.5,
};

/** Labels of a document at most; one that belongs to more is one whose answer ran away. */
export const MOST_LABELS = 8;
