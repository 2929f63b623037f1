import { COLOURS, lineChart } from "@sluice/plots";
import type { CascadeReport } from "../suites/classify/cascade.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** Calls that cascades saved, and whether they agreed as promised. */
export function cascadeMarkdown({ rows, curves, skipped }: CascadeReport, machine: Machine): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    "# Cascades over public sets, their labels being the teacher's",
    "",
    describeMachine(machine),
    "",
    row([
      "set",
      "documents",
      "asked",
      "teacher errs",
      "cascades",
      "threshold found",
      "calls",
      "of these the sample",
      "agreement",
      "under what was asked",
      "95 % bounds",
    ]),
    row(["---", ...Array.from({ length: 10 }, () => "--:")]),
    ...rows.map((each) =>
      row([
        each.set,
        each.documents.toLocaleString("en"),
        each.agreement.toString(),
        percent(each.teacherErrs),
        each.repetitions.toString(),
        percent(each.found / each.repetitions),
        percent(each.calls),
        percent(each.sample),
        each.agreed.toFixed(3),
        percent(each.under / each.repetitions),
        `${percent(each.bounds.low)}–${percent(each.bounds.high)}`,
      ]),
    ),
    "",
    "Calls: of all documents, those that the teacher was asked about, in the mean. Agreement: of the documents that took the model's label. What was asked is promised of",
    "documents like these, with 95 %; the finite rest of a set scatters around that, so that a few cascades more may lie under it.",
    "",
    "Agreement by calls, were the threshold known:",
    "",
    row(["set", "calls", "agreement"]),
    row(["---", "--:", "--:"]),
    ...curves.flatMap(({ set, points }) =>
      points.map(({ calls, agreement }) => row([set, percent(calls), agreement.toFixed(3)])),
    ),
    "",
    ...skipped.map(({ name, why }) => `Skipped: ${name}: ${why}.`),
  ].join("\n");
}

export function cascadePlots({ curves }: CascadeReport): Record<string, string> {
  const colours = [COLOURS.own, COLOURS.wrong];
  return {
    "cascade.svg": lineChart({
      title: "Labels of a cascade that its teacher would not have given, by calls",
      subtitle: "two rounds of a sample, then the least sure documents; in the mean",
      xLabel: "documents that the teacher is asked about, %",
      yLabel: "of the labels of the others, %",
      lines: curves.map(({ set, points }, index) => ({
        label: set,
        colour: colours[index] ?? COLOURS.faint,
        points: points.map(({ calls, agreement }) => ({ x: 100 * calls, y: 100 * (1 - agreement) })),
      })),
    }),
  };
}
