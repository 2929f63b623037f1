import { type CalibrationBin, calibrationCurve, calibrationError } from "./calibration-curve.ts";
import { type ClassScore, f1Of, macroF1Of, scoreClass } from "./score-class.ts";
import { type Share, shareOf } from "./share.ts";

/** A document with the label that it should have and the one that it got; `got` null: none was given. */
export interface JudgedDocument {
  readonly expected: string;
  readonly got: string | null;
  /** In `got`, from 0 to 1. */
  readonly confidence: number;
}

export interface LabelScores {
  /** Right of all, a document without a label counting as wrong. */
  readonly accuracy: Share;
  /** Right of those that got a label. */
  readonly accuracyOfLabelled: Share;
  /** Got a label. */
  readonly coverage: Share;
  /** Over all documents: as accuracy, where each got a label. */
  readonly microF1: number;
  /** The mean F1 of the categories that were expected somewhere. */
  readonly macroF1: number;
  readonly classes: readonly ClassScore[];
  /** In their order; the last column of the matrix is documents without a label. */
  readonly categories: readonly string[];
  /** Documents, by what they should be (rows) and what they got (columns). */
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: readonly CalibrationBin[];
  /** Expected calibration error: by how much confidence and truth differ in the mean. */
  readonly calibrationError: number;
}

/** How good labels are, held against those that documents should have. */
export function scoreLabels(documents: readonly JudgedDocument[]): LabelScores {
  const categories = [...new Set(documents.flatMap(({ expected, got }) => [expected, got ?? expected]))].sort();
  const index = new Map(categories.map((category, at) => [category, at]));
  const confusion = categories.map(() => Array.from({ length: categories.length + 1 }, () => 0));
  for (const { expected, got } of documents) {
    const row = confusion[index.get(expected) ?? -1];
    const column = got === null ? categories.length : (index.get(got) ?? -1);
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  const labelled = documents.filter(({ got }) => got !== null);
  const right = labelled.filter(({ expected, got }) => got === expected).length;
  const classes = categories.map((category, at) => scoreClass(countClass(category, at, confusion)));
  const calibration = calibrationCurve(labelled.map((each) => ({ ...each, right: each.got === each.expected })));
  return {
    accuracy: shareOf(right, documents.length),
    accuracyOfLabelled: shareOf(right, labelled.length),
    coverage: shareOf(labelled.length, documents.length),
    microF1: f1Of(right, labelled.length, documents.length),
    macroF1: macroF1Of(classes),
    classes,
    categories,
    confusion,
    calibration,
    calibrationError: calibrationError(calibration),
  };
}

function countClass(category: string, at: number, confusion: readonly (readonly number[])[]) {
  return {
    category,
    hits: confusion[at]?.[at] ?? 0,
    got: confusion.reduce((sum, row) => sum + (row[at] ?? 0), 0),
    expected: (confusion[at] ?? []).reduce((sum, count) => sum + count, 0),
  };
}
