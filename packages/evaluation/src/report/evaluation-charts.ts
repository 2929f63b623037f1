import { calibrationChart, matrixChart } from "@sluice/plots";
import type { LabelScores } from "../scores/score-labels.ts";

/** What was taken for what, and how far confidence can be believed, as two SVGs. */
export function evaluationCharts(scores: LabelScores): { confusion: string; calibration: string } {
  const { accuracy, categories, confusion, calibration, calibrationError } = scores;
  const abstained = confusion.some((row) => (row[categories.length] ?? 0) > 0);
  return {
    confusion: matrixChart({
      title: "What was taken for what",
      subtitle: `${accuracy.of} documents, ${(100 * accuracy.share).toFixed(1)} % right`,
      rows: categories,
      columns: abstained ? [...categories, "no label"] : categories,
      cells: confusion,
      rowsAre: "should be",
      columnsAre: "got",
    }),
    calibration: calibrationChart({
      title: "How often labels are right",
      subtitle: `by confidence; expected calibration error ${calibrationError.toFixed(3)}`,
      points: calibration,
    }),
  };
}
