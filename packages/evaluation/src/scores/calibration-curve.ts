import type { Interval } from "../intervals/clopper-pearson.ts";
import { wilson } from "../intervals/wilson.ts";

/** Labels of about the same confidence: how sure they were in the mean, and how many were right. */
export interface CalibrationBin extends Interval {
  readonly documents: number;
  readonly confidence: number;
  readonly right: number;
  /** Of the documents, those that are right, with 95 % bounds. */
  readonly accuracy: number;
}

const MOST_BINS = 10;
const FEWEST_IN_A_BIN = 5;

/** The reliability curve, in up to ten bins of as many documents each: bins of equal width would leave most of them empty. */
export function calibrationCurve(labels: readonly { confidence: number; right: boolean }[]): CalibrationBin[] {
  const sorted = [...labels].sort((left, right) => left.confidence - right.confidence);
  const bins = Math.max(1, Math.min(MOST_BINS, Math.floor(sorted.length / FEWEST_IN_A_BIN)));
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.round((bin * sorted.length) / bins);
    return toBin(sorted.slice(from, Math.round(((bin + 1) * sorted.length) / bins)));
  }).filter(({ documents }) => documents > 0);
}

function toBin(labels: readonly { confidence: number; right: boolean }[]): CalibrationBin {
  const documents = labels.length;
  const right = labels.filter((label) => label.right).length;
  const confidence = labels.reduce((sum, label) => sum + label.confidence, 0) / Math.max(1, documents);
  return { documents, confidence, right, accuracy: right / Math.max(1, documents), ...wilson(right, documents) };
}

/** The mean distance of confidence and accuracy, each bin by its documents (Naeini et al., AAAI 2015). */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { documents }) => sum + documents, 0);
  if (all === 0) return 0;
  return bins.reduce((sum, bin) => sum + (bin.documents / all) * Math.abs(bin.accuracy - bin.confidence), 0);
}
