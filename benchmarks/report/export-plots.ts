import { barChart } from "@sluice/plots";
import type { ExportReport } from "../suites/export.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** SVG pictures of a report by file name: the most memory of any round, and the fastest of them. */
export function exportPlots(report: ExportReport, machine: Machine): Record<string, string> {
  const subtitle = `${report.pages} pages of ${report.folder}; ${describeMachine(machine)}`;
  const bars = (of: (rounds: ExportReport["variants"][number]["rounds"]) => number) =>
    report.variants.map(({ format, rounds }) => {
      const value = of(rounds);
      return { label: format, value, caption: value.toFixed(0), highlighted: false };
    });
  return {
    "export-memory.svg": barChart({
      title: "The coordinator's peak memory in MB (less is better)",
      subtitle,
      bars: bars((rounds) => Math.max(...rounds.map((round) => round.coordinatorRssMb))),
    }),
    "export-speed.svg": barChart({
      title: "MB of text a second (more is better)",
      subtitle,
      bars: bars((rounds) => Math.max(...rounds.map((round) => round.textMbPerSecond))),
    }),
  };
}
