import type { GrowthReport } from "../suites/growth.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What an item and a document cost with more and more of them in the queue. */
export function growthMarkdown(report: GrowthReport, machine: Machine): string {
  const [base] = report.levels;
  return [
    `# Growth: ${report.documents} documents of ${report.pages} page${report.pages === 1 ? "" : "s"}, with others queued behind them`,
    "",
    `${describeMachine(machine)}; embedded PostgreSQL, synthetic workers, the least of ${report.repeats}.`,
    "",
    row([
      "queued",
      "CPU µs an item, handing them in",
      "vacuum, statistics, checkpoint",
      "CPU µs an item more",
      "against the fewest",
      "CPU µs a document in front of them",
      "against the fewest",
    ]),
    row(Array.from({ length: 7 }, () => "--:")),
    ...report.levels.map((level) =>
      row([
        level.queued.toLocaleString("en"),
        level.fillingPerItem.toFixed(1),
        level.upkeepPerItem.toFixed(1),
        level.intakePerItem.toFixed(1),
        (level.intakePerItem / (base?.intakePerItem ?? NaN)).toFixed(2),
        level.processingPerDocument.toFixed(1),
        (level.processingPerDocument / (base?.processingPerDocument ?? NaN)).toFixed(2),
      ]),
    ),
    "",
    `CPU of coordinator and PostgreSQL. The dearest over the cheapest: items more ${report.intakeRatio.toFixed(2)}, documents ${report.processingRatio.toFixed(2)}.`,
    "",
  ].join("\n");
}
