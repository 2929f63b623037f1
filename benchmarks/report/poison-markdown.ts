import type { PoisonReport } from "../suites/poison.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What one poisonous document in a hundred costs the others. */
export function poisonMarkdown(report: PoisonReport, machine: Machine): string {
  const failures = Object.entries(report.failures).map(([code, count]) => `${count} ${code}`);
  return [
    `# Poison: ${report.documents} documents of \`${report.folder}\`, ${report.poisonous} of them poisonous`,
    "",
    `${describeMachine(machine)}; ${report.workers} extractors, ${report.documentTimeoutMs} ms a document.`,
    "",
    row(["healthy s", "with poison s", "time limits s", "(with poison - limits) / healthy"]),
    row(["--:", "--:", "--:", "--:"]),
    row([
      report.healthySeconds.toFixed(2),
      report.poisonedSeconds.toFixed(2),
      report.limitSeconds.toFixed(2),
      report.ratio.toFixed(2),
    ]),
    "",
    `Failed: ${failures.join(", ") || "none"}; the audit ${report.balanced ? "balances" : "does NOT balance"}.`,
    "",
  ].join("\n");
}
