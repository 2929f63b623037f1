import { COLOURS, lineChart } from "@sluice/plots";
import { MEMORY_ROLES, type MemoryReport, type MemoryRole } from "../suites/memory.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

const NAMES: Record<MemoryRole, string> = {
  coordinator: "coordinator",
  worker: "worker, without extractors",
  extractor: "largest extractor process",
  postgres: "PostgreSQL, all processes",
};
const LINE_COLOURS: Record<MemoryRole, string> = {
  coordinator: COLOURS.own,
  worker: "#b35900",
  extractor: "#6639ba",
  postgres: COLOURS.peer,
};

/** Memory over minutes, by role, against what each may have. */
export function memoryMarkdown(report: MemoryReport, machine: Machine): string {
  const { documents, pages, failed, batches, seconds, samples, processes, unbalanced } = report;
  const rate =
    report.documentsPerSecond === null ? "as fast as they are taken" : `${report.documentsPerSecond}/s asked for`;
  return [
    `# Memory: ${report.minutes} minutes of \`${report.folder}\`, ${report.workers} extractors`,
    "",
    describeMachine(machine),
    "",
    `${documents} documents (${rate}, ${(documents / seconds).toFixed(0)}/s read; one in ${report.hugeEvery} huge), ${pages} pages, ${batches} batches, ${failed} documents failed; ` +
      `${unbalanced === 0 ? "every audit balances" : `${unbalanced} audits do NOT balance`}. ${samples.length} samples.`,
    "",
    row([
      "RSS MB",
      "may have",
      "peak",
      "mean of the second half",
      "slope of the second half, MB/hour, and its standard error",
      "processes seen",
    ]),
    row(["---", "--:", "--:", "--:", "--:", "--:"]),
    ...report.roles.map(({ role, limitMb, peakMb, meanMb, slopeMbPerHour, slopeErrorMbPerHour }) =>
      row([
        NAMES[role],
        limitMb === null ? "–" : String(limitMb),
        peakMb.toFixed(0),
        meanMb.toFixed(0),
        `${slopeMbPerHour.toFixed(0)} ± ${slopeErrorMbPerHour.toFixed(0)}`,
        String(processes[role]),
      ]),
    ),
    "",
  ].join("\n");
}

export function memoryPlots(report: MemoryReport, machine: Machine): Record<string, string> {
  return {
    "memory.svg": lineChart({
      title: `Resident memory over ${report.minutes} minutes`,
      subtitle: `${report.documents} documents, ${report.pages} pages; ${machine.cpu}, ${machine.cores} cores`,
      xLabel: "minutes",
      yLabel: "MB",
      lines: MEMORY_ROLES.map((role) => ({
        label: role,
        colour: LINE_COLOURS[role],
        points: report.samples.map((sample) => ({ x: sample.seconds / 60, y: sample[role] })),
      })),
    }),
  };
}
