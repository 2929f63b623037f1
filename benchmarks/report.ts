import { cpus } from "node:os";
import type { EndToEndReport } from "./suites/end-to-end.ts";
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
export function extractMarkdown(report: ExtractReport, machine: Machine, baseline = "pypdfium2"): string {
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
    `${describe(machine)}; best of ${report.repeats}, one thread.`,
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
    `${describe(machine)}; the cheapest of ${report.repeats}.`,
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

function describe(machine: Machine): string {
  return `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Bun ${machine.bun}, commit ${machine.commit}, ${machine.date}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
