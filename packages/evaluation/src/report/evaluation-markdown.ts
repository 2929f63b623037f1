import type { ClassScore } from "../scores/score-class.ts";
import type { LabelSetScores } from "../scores/score-label-sets.ts";
import type { LabelScores } from "../scores/score-labels.ts";
import type { Share } from "../scores/share.ts";

export interface EvaluationFacts<Scores = LabelScores> {
  /** What was judged, in a line. */
  readonly subject: string;
  readonly scores: Scores;
  /** Labels of the file of which no document was found. */
  readonly missing: number;
}

const MOST_CONFUSIONS = 12;

/** The scores as a page of Markdown, with what they are and are not. */
export function evaluationMarkdown({ subject, scores, missing }: EvaluationFacts): string {
  const { accuracy, accuracyOfLabelled, coverage, macroF1, classes, calibration, calibrationError } = scores;
  const curve = [
    "| confidence | documents | right | 95 % bounds |",
    "| --: | --: | --: | --: |",
    ...calibration.map(
      ({ confidence, documents, accuracy: share, low, high }) =>
        `| ${confidence.toFixed(3)} | ${documents} | ${share.toFixed(3)} | ${low.toFixed(3)}–${high.toFixed(3)} |`,
    ),
  ];
  const confusions = frequentConfusions(scores);
  return [
    ...heading(subject),
    `- right: ${bounded(accuracy)}, ${accuracy.hits} of ${accuracy.of}; a document without a label counts as wrong`,
    `- got a label: ${bounded(coverage)}; of those right: ${bounded(accuracyOfLabelled)}`,
    `- mean F1 of the categories: ${macroF1.toFixed(3)}`,
    `- expected calibration error: ${calibrationError.toFixed(3)}`,
    ...missed(missing),
    "",
    BOUNDS,
    "",
    ...classTable(classes),
    "",
    ...(confusions.length === 0 ? [] : ["## Most often taken for another", "", ...confusions, ""]),
    "## How often labels of a confidence are right",
    "",
    ...curve,
    "",
  ].join("\n");
}

/** The same for documents that may have several labels. */
export function labelSetsMarkdown({ subject, scores, missing }: EvaluationFacts<LabelSetScores>): string {
  const { exact, coverage, micro, macroF1, classes } = scores;
  return [
    ...heading(subject),
    `- exactly their labels: ${bounded(exact)}, ${exact.hits} of ${exact.of} documents`,
    `- got a label: ${bounded(coverage)}`,
    `- of the labels given, right: ${bounded(micro.precision)}; of those that should be there, given: ${bounded(micro.recall)}`,
    `- F1 over all labels: ${micro.f1.toFixed(3)}; mean F1 of the categories: ${macroF1.toFixed(3)}`,
    ...missed(missing),
    "",
    `${BOUNDS} Those over all labels take each label for a draw of its own, which labels of one document are not.`,
    "",
    ...classTable(classes),
    "",
  ].join("\n");
}

const BOUNDS = "Bounds are 95 % (Wilson), for documents drawn like these.";

function heading(subject: string): string[] {
  return ["# Labels, held against those that documents should have", "", subject, ""];
}

function missed(missing: number): string[] {
  return missing === 0 ? [] : [`- ${missing} of the file's documents are not in the batch, and count nowhere`];
}

function classTable(classes: readonly ClassScore[]): string[] {
  return [
    "| category | documents | precision | recall | F1 |",
    "| --- | --: | --: | --: | --: |",
    ...classes.map(({ category, precision, recall, f1, f1Bounds }) => {
      const bounds = `${f1.toFixed(3)} (${f1Bounds.low.toFixed(3)}–${f1Bounds.high.toFixed(3)})`;
      return `| ${cell(category)} | ${recall.of} | ${bounded(precision)} | ${bounded(recall)} | ${bounds} |`;
    }),
  ];
}

function frequentConfusions({ categories, confusion }: LabelScores): string[] {
  const pairs = confusion.flatMap((row, expected) =>
    row.flatMap((count, got) => (count === 0 || got === expected ? [] : [{ count, expected, got }])),
  );
  pairs.sort((left, right) => right.count - left.count);
  return pairs
    .slice(0, MOST_CONFUSIONS)
    .map(({ count, expected, got }) => `- ${categories[expected]} → ${categories[got] ?? "no label"}: ${count}`);
}

function bounded({ of, share, low, high }: Share): string {
  return of === 0 ? "–" : `${share.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
