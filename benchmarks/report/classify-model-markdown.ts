import type { ClassifyModelReport } from "../suites/classify/model.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** How good and how quick the trained model is. */
export function classifyModelMarkdown(report: ClassifyModelReport, machine: Machine): string {
  const title = ["# The trained model on known sets", ""];
  const peer = report.sklearn === null ? "no peer" : `scikit-learn ${report.sklearn} on the same rows`;
  const share = (number: number | undefined) => (number === undefined ? "–" : number.toFixed(3));
  const perSecond = (number: number | null) => (number === null ? "–" : Math.round(number).toLocaleString("en"));
  return [
    ...title,
    `${describeMachine(machine)}; mean of ${report.seeds} draws; ${peer}.`,
    ...report.skipped.map(({ name, why }) => `Not measured: ${name}, because ${why}.`),
    "",
    "Rows a label are the most that are drawn; labels that are rarer have fewer. ECE: by how much confidence and truth differ in the mean.",
    "",
    row([
      "set",
      "labels",
      "rows a label",
      "rows",
      "judged",
      "accuracy",
      "sklearn",
      "macro-F1",
      "sklearn",
      "ECE",
      "sklearn",
      "said when trained",
      "training, CPU s",
      "sklearn",
      "file, MB",
    ]),
    row(["---", ...Array.from({ length: 14 }, () => "--:")]),
    ...report.accuracy.map(({ set, labels, rowsALabel, rows, testRows, sluice, sklearn }) =>
      row([
        set,
        String(labels),
        String(rowsALabel),
        String(rows),
        String(testRows),
        share(sluice.accuracy),
        share(sklearn?.accuracy),
        share(sluice.macroF1),
        share(sklearn?.macroF1),
        share(sluice.calibrationError),
        share(sklearn?.calibrationError),
        share(sluice.heldOutAccuracy),
        sluice.trainCpuSeconds.toFixed(1),
        sklearn === null ? "–" : sklearn.trainCpuSeconds.toFixed(1),
        (sluice.fileBytes / 1e6).toFixed(1),
      ]),
    ),
    "",
    "Sluice trains six times: five times to judge each row by a model that has not seen it, which is what the confidence is fitted on, and once.",
    "",
    "Texts of 500 words a CPU-second, one thread, models of 100 rows a label:",
    "",
    row(["set", "labels", "n-grams", "texts", "texts/CPU-s", "with terms", "sklearn"]),
    row(["---", ...Array.from({ length: 6 }, () => "--:")]),
    ...report.speed.map(({ set, labels, features, documents, perSecond: speed }) =>
      row([
        set,
        String(labels),
        features.toLocaleString("en"),
        String(documents),
        perSecond(speed.plain),
        perSecond(speed.explained),
        perSecond(speed.sklearn),
      ]),
    ),
    "",
  ].join("\n");
}
