import { ModelError } from "./model-error.ts";

/** A figure between its bounds of 95 % confidence. */
export interface Figure {
  value: number;
  low: number;
  high: number;
}

/** What a label is worth, counted on rows that were held out. */
export interface ClassCard {
  label: string;
  rows: number;
  precision: number;
  recall: number;
  f1: number;
}

/** What a model was made of, and how good it was on rows that it was not trained on. */
export interface TrainingCard {
  /** Where the rows came from, in the words of who trained it. */
  createdFrom: string | null;
  rows: number;
  seed: number;
  classes: ClassCard[];
  /** Rows whose label is right; where a text may have several, rows whose labels all are. */
  accuracy: Figure;
  macroF1: Figure;
  /** Mean distance of confidence and accuracy in ten bins of as many rows each. */
  calibrationError: Figure;
  calibrationErrorBefore: number;
}

/** What stands at the head of a model's file, as JSON. */
export interface ModelHeader {
  labels: string[];
  /** A text may have any number of them. */
  multiLabel: boolean;
  /** SHA-256 (hex) of the taxonomy that the labels are of; null: of none. */
  taxonomyHash: string | null;
  /** As it was given; null: it was not. */
  taxonomy: object | null;
  card: TrainingCard;
}

/**
 * Reads a header and holds it against what the file's numbers say.
 * @throws ModelError MODEL_INVALID
 */
export function parseModelHeader(text: string, { classes, multi }: { classes: number; multi: boolean }): ModelHeader {
  const header = parsed(text);
  header.taxonomy ??= null;
  const fits =
    Array.isArray(header.labels) &&
    header.labels.length === classes &&
    header.labels.every((label) => typeof label === "string" && label !== "") &&
    new Set(header.labels).size === classes &&
    header.multiLabel === multi &&
    (header.taxonomyHash === null || typeof header.taxonomyHash === "string") &&
    typeof header.card === "object" &&
    header.card !== null;
  if (fits) return header;
  throw new ModelError(
    "MODEL_INVALID",
    "The model cannot be used: its header does not fit its weights; train it again.",
  );
}

function parsed(text: string): ModelHeader {
  try {
    const value: unknown = JSON.parse(text);
    // Looked at field by field by the caller.
    if (typeof value === "object" && value !== null) return value as ModelHeader;
  } catch {
    // Said below.
  }
  throw new ModelError("MODEL_INVALID", "The model cannot be used: its header is not JSON; train it again.");
}
