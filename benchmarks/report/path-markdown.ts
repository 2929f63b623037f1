import type { Pass, PathReport } from "../suites/path.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

const ROLES = ["alone", "extractor", "worker", "coordinator", "postgres", "client"];

/** What the whole path reaches of the addon alone, and what the rest costs. */
export function pathMarkdown(report: PathReport, machine: Machine): string {
  const { best, ratio } = report;
  const micros = (pass: Pass, role: string) => {
    const seconds = pass.cpuSeconds[role];
    return seconds === undefined ? "–" : ((seconds / pass.pages) * 1e6).toFixed(1);
  };
  const line = (name: string, pass: Pass, ratios: { wall: number; cpu: number } | null) =>
    row([
      name,
      pass.pagesPerSecond.toFixed(0),
      ratios === null ? "" : ratios.wall.toFixed(3),
      ratios === null ? "" : ratios.cpu.toFixed(3),
      pass.microsPerPage.toFixed(1),
      ...ROLES.map((role) => micros(pass, role)),
    ]);
  return [
    `# The whole path: ${report.documents} documents, ${report.pages} pages, ${(report.bytes / 1e6).toFixed(0)} MB of \`${report.folder}\``,
    "",
    `${describeMachine(machine)}; ${report.workers} extractors; the quickest of ${report.repeats} rounds, their ratios the median of those within a round.`,
    "",
    row(["", "pages/s", "of alone", "of alone, CPU", "CPU µs a page", ...ROLES]),
    row(["---", ...Array.from({ length: 4 + ROLES.length }, () => "--:")]),
    line("the addon alone", best.alone, null),
    line("the whole path", best.none, ratio.none),
    line("the whole path, with labels", best.rules, ratio.rules),
    "",
    `PostgreSQL's share of the CPU time without labels: ${(100 * report.postgresShare).toFixed(1)} %. The audit ${report.balanced ? "balances" : "does NOT balance"}.`,
    "",
  ].join("\n");
}
