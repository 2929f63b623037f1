import { formatCount } from "@sluice/client";
import type { ClassScore, LabelScores, LabelSetScores, Share } from "@sluice/evaluation";
import { safeText } from "../output/safe-text.ts";
import { formatTable } from "../output/table.ts";
import type { Judgement } from "./judge-documents.ts";

/** Scores with their 95 % bounds, and a table of the categories. */
export function formatJudgement(judgement: Judgement, width: number): string[] {
  const told = judgement.labels === "single" ? formatSingle(judgement.scores) : formatSets(judgement.scores);
  return [...told, "", ...formatClasses(judgement.scores.classes, width)];
}

function formatSingle({ accuracy, accuracyOfLabelled, coverage, macroF1, calibrationError }: LabelScores): string[] {
  return [
    `right             ${told(accuracy)}`,
    `got a label       ${told(coverage)}`,
    `right of those    ${told(accuracyOfLabelled)}`,
    `mean F1           ${macroF1.toFixed(3)}`,
    `calibration error ${calibrationError.toFixed(3)}`,
  ];
}

function formatSets({ exact, coverage, micro, macroF1 }: LabelSetScores): string[] {
  return [
    `exactly its labels ${told(exact)}`,
    `got a label        ${told(coverage)}`,
    `labels given right ${told(micro.precision)}`,
    `labels found       ${told(micro.recall)}`,
    `F1 of all labels   ${micro.f1.toFixed(3)}`,
    `mean F1            ${macroF1.toFixed(3)}`,
  ];
}

function formatClasses(classes: readonly ClassScore[], width: number): string[] {
  const columns = [
    { title: "category", shrinkTo: 12 },
    { title: "documents", align: "right" },
    { title: "precision", align: "right" },
    { title: "recall", align: "right" },
    { title: "F1", align: "right" },
  ] as const;
  const rows = classes.map(({ category, precision, recall, f1 }) => [
    safeText(category),
    formatCount(recall.of),
    precision.of === 0 ? "–" : precision.share.toFixed(3),
    recall.of === 0 ? "–" : recall.share.toFixed(3),
    f1.toFixed(3),
  ]);
  return formatTable(columns, rows, width);
}

/** With its 95 % bounds. */
export function told({ hits, of, share, low, high }: Share): string {
  return `${percent(share)} (${percent(low)} to ${percent(high)}), ${formatCount(hits)} of ${formatCount(of)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
