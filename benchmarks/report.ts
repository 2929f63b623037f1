import { cpus } from "node:os";
import type { ExtractReport } from "./suites/extract.ts";

/** Where and on what a result was measured; wall times mean little without it. */
export interface Machine {
  cpu: string;
  cores: number;
  platform: string;
  bun: string;
  commit: string;
  date: string;
}

export function thisMachine(): Machine {
  const commit = Bun.spawnSync(["git", "rev-parse", "--short", "HEAD"], { cwd: import.meta.dir, stderr: "ignore" });
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    platform: `${process.platform}-${process.arch}`,
    bun: Bun.version,
    commit: commit.stdout.toString().trim(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** A table for people. The ratio is against the engine named `baseline`, measured in the same run. */
export function markdownReport(report: ExtractReport, machine: Machine, baseline = "pypdfium2"): string {
  const base = report.engines.find((result) => result.engine === baseline)?.pagesPerCpuSecond;
  const rows = [...report.engines]
    .sort((left, right) => right.pagesPerCpuSecond - left.pagesPerCpuSecond)
    .map((result) =>
      row([
        `${result.engine} ${result.version}`,
        result.pagesPerCpuSecond.toFixed(0),
        base === undefined ? "–" : `${(result.pagesPerCpuSecond / base).toFixed(2)}×`,
        result.cpuSeconds.toFixed(2),
        result.msPerPage.p50.toFixed(2),
        result.msPerPage.p99.toFixed(2),
        result.peakRssMb.toFixed(0),
        `${result.failed} of ${result.documents}`,
        result.quality === null ? "–" : `${result.quality.f1.toFixed(3)} / ${result.quality.order.toFixed(3)}`,
      ]),
    );
  const against = `against ${baseline}`;
  return [
    `# Extraction: ${report.documents} documents of \`${report.folder}\``,
    "",
    `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Bun ${machine.bun}, commit ${machine.commit}, ${machine.date}; best of ${report.repeats}, one thread.`,
    "",
    row([
      "engine",
      "pages/CPU-s",
      against,
      "CPU s",
      "ms/page p50",
      "ms/page p99",
      "peak RSS MB",
      "failed",
      "F1 / order",
    ]),
    row(["---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"]),
    ...rows,
    ...report.unavailable.map(({ engine, reason }) => `\nNot measured: ${engine} (${reason})`),
    "",
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
