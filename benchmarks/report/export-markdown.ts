import type { ExportReport, ExportRound } from "../suites/export.ts";
import { ROLES } from "../suites/synthetic-stand.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** How fast every page leaves in each format, and what that costs. */
export function exportMarkdown(report: ExportReport, machine: Machine): string {
  const { pages, documents, textMb, folder, repeats } = report;
  return [
    `# Export of ${pages} pages with ${textMb.toFixed(0)} MB of text, of ${documents} documents, texts of \`${folder}\``,
    "",
    `${describeMachine(machine)}; coordinator, PostgreSQL and client on this machine; of ${repeats} rounds the fastest, and the most memory of any.`,
    "",
    row([
      "format",
      "MB/s of text",
      "rows/s",
      "MB written",
      "CPU µs a row",
      ...ROLES.filter((role) => role !== "worker"),
      "coordinator's peak RSS, MB",
      "status meanwhile, p50 ms",
      "p99 ms",
    ]),
    row(["---", ...Array.from({ length: 10 }, () => "--:")]),
    ...report.variants.flatMap(({ format, rounds }) => {
      const best = rounds.toSorted((left, right) => left.seconds - right.seconds)[0];
      if (best === undefined) return [];
      const micros = (seconds: number) => ((seconds / pages) * 1e6).toFixed(1);
      const { client, coordinator, postgres } = best.cpuSeconds;
      const most = (of: (round: ExportRound) => number) => Math.max(...rounds.map(of));
      return row([
        format,
        best.textMbPerSecond.toFixed(1),
        best.rowsPerSecond.toFixed(0),
        (best.bytes / 1e6).toFixed(0),
        micros(client + coordinator + postgres),
        micros(client),
        micros(coordinator),
        micros(postgres),
        most((round) => round.coordinatorRssMb).toFixed(0),
        best.statusMs.p50.toFixed(1),
        best.statusMs.p99.toFixed(1),
      ]);
    }),
    "",
  ].join("\n");
}
