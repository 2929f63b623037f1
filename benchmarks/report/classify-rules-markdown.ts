import { evaluationCharts, wilson } from "@sluice/evaluation";
import { barChart } from "@sluice/plots";
import type { ClassifyRulesReport } from "../suites/classify/rules.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

const SHOWN_LABELS = 4;

/** How good the labels of the rules are, and how often they label what they should not. */
export function classifyRulesMarkdown(report: ClassifyRulesReport, machine: Machine): string {
  const { sets, hostile, skipped, seed } = report;
  return [
    "# The rules classifier",
    "",
    `${describeMachine(machine)}; one thread.`,
    "",
    row([
      "set",
      "documents",
      "categories",
      "accuracy",
      "macro-F1",
      "labelled at the mark",
      "of those right",
      "documents/CPU-s",
    ]),
    row(["---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"]),
    ...sets.map(({ set, documents, categories, unheld, held, documentsPerCpuSecond }) =>
      row([
        set,
        String(documents),
        String(categories),
        unheld.accuracy.share.toFixed(3),
        unheld.macroF1.toFixed(3),
        held.coverage.share.toFixed(3),
        held.accuracyOfLabelled.share.toFixed(3),
        documentsPerCpuSecond.toFixed(0),
      ]),
    ),
    "",
    `Accuracy and macro-F1 are with the likeliest label of every document; the mark is the default. The public sets are judged by names and descriptions of ours, the others by the built-in taxonomy. Made documents have the seed ${seed}: twenty layouts of one wording a kind, so their number says little about other wordings.`,
    "",
    "## Texts that are no business documents",
    "",
    row(["texts", "documents", "labelled all the same", "95 % bounds", "as"]),
    row(["---", "--:", "--:", "--:", "---"]),
    ...hostile.map(({ texts, documents, labelled, labels }) => {
      const { low, high } = wilson(labelled, documents);
      const shown = labels.slice(0, SHOWN_LABELS).map(([category, count]) => `${category} ${count}`);
      return row([
        texts,
        String(documents),
        `${labelled} (${percent(labelled / documents)})`,
        `${percent(low)}–${percent(high)}`,
        shown.join(", "),
      ]);
    }),
    "",
    ...skipped.map(({ name, why }) => `Not measured: ${name}: ${why}.`),
    "",
  ].join("\n");
}

/** What was taken for what in each set, and how far confidence can be believed; and the false labels. */
export function classifyRulesPlots(report: ClassifyRulesReport): Record<string, string> {
  const plots: Record<string, string> = {};
  for (const { set, held } of report.sets) {
    // What terms may be improved by proves nothing.
    if (set.includes("practice")) continue;
    const name = set.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const { confusion, calibration } = evaluationCharts(held);
    plots[`rules-${name}-confusion.svg`] = confusion;
    plots[`rules-${name}-calibration.svg`] = calibration;
  }
  plots["rules-false-labels.svg"] = barChart({
    title: "Texts that are no business documents",
    subtitle: "how many got a label of the built-in taxonomy all the same",
    bars: report.hostile.map(({ texts, documents, labelled }) => ({
      label: texts,
      value: labelled / documents,
      caption: `${labelled} of ${documents}, ${percent(labelled / documents)}`,
      highlighted: true,
    })),
  });
  return plots;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
