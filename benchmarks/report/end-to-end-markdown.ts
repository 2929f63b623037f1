import type { EndToEndReport } from "../suites/end-to-end.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What `classify` cost from nothing, by the role of each process. */
export function endToEndMarkdown(report: EndToEndReport, machine: Machine): string {
  const runs = [
    ["two small documents, new data directory", report.startUp],
    ["all, new data directory", report.cold],
    ["all, again", report.again],
  ] as const;
  const roles = [...new Set(runs.flatMap(([, run]) => run.byRole.map(({ role }) => role)))];
  const numbers = roles.map(() => "--:");
  return [
    `# End to end: ${report.documents} documents, ${report.pages} pages of \`${report.folder}\``,
    "",
    `${describeMachine(machine)}; the cheapest of ${report.repeats}.`,
    "",
    `Extraction alone: ${report.extractionCpuSeconds.toFixed(2)} CPU s. With everything round it, start-up taken off: ${report.cpuPerExtractionCpu.toFixed(2)} CPU s per CPU s of extraction.`,
    "",
    row(["CPU s", "wall s", "total", ...roles]),
    row(["---", "--:", "--:", ...numbers]),
    ...runs.map(([name, run]) =>
      row([
        name,
        run.wallSeconds.toFixed(2),
        run.cpuSeconds.toFixed(2),
        ...roles.map((role) => cell(run, role, "cpuSeconds", 2)),
      ]),
    ),
    "",
    row(["peak RSS MB of the largest process", ...roles]),
    row(["---", ...numbers]),
    ...runs.map(([name, run]) => row([name, ...roles.map((role) => cell(run, role, "peakRssMb", 0))])),
    "",
  ].join("\n");
}

function cell(run: EndToEndReport["cold"], role: string, figure: "cpuSeconds" | "peakRssMb", digits: number): string {
  return run.byRole.find((entry) => entry.role === role)?.[figure].toFixed(digits) ?? "–";
}
