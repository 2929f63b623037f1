import type { LabelScores, Share } from "../scores/score-labels.ts";

export interface EvaluationFacts {
  /** What was judged, in a line. */
  readonly subject: string;
  readonly scores: LabelScores;
  /** Labels of the file of which no document was found. */
  readonly missing: number;
}

const MOST_CONFUSIONS = 12;

/** The scores as a page of Markdown, with what they are and are not. */
export function evaluationMarkdown({ subject, scores, missing }: EvaluationFacts): string {
  const { accuracy, accuracyOfLabelled, coverage, macroF1, classes, calibration, calibrationError } = scores;
  const table = [
    "| category | documents | precision | recall | F1 |",
    "| --- | --: | --: | --: | --: |",
    ...classes.map(
      ({ category, precision, recall, f1 }) =>
        `| ${cell(category)} | ${recall.of} | ${bounded(precision)} | ${bounded(recall)} | ${f1.toFixed(3)} |`,
    ),
  ];
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
    "# Labels, held against those that documents should have",
    "",
    subject,
    "",
    `- right: ${bounded(accuracy)}, ${accuracy.hits} of ${accuracy.of}; a document without a label counts as wrong`,
    `- got a label: ${bounded(coverage)}; of those right: ${bounded(accuracyOfLabelled)}`,
    `- mean F1 of the categories: ${macroF1.toFixed(3)}`,
    `- expected calibration error: ${calibrationError.toFixed(3)}`,
    ...(missing === 0 ? [] : [`- ${missing} of the file's documents are not in the batch, and count nowhere`]),
    "",
    "Bounds are 95 % (Wilson), for documents drawn like these.",
    "",
    ...table,
    "",
    ...(confusions.length === 0 ? [] : ["## Most often taken for another", "", ...confusions, ""]),
    "## How often labels of a confidence are right",
    "",
    ...curve,
    "",
  ].join("\n");
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
