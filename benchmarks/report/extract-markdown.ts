import type { EngineResult, ExtractReport } from "../suites/extract.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** Tables for people. The ratio is against the engine named `baseline`, measured in the same run. */
export function extractMarkdown(report: ExtractReport, machine: Machine, baseline = "pypdfium2"): string {
  const engines = [...report.engines].sort((left, right) => right.pagesPerCpuSecond - left.pagesPerCpuSecond);
  return [
    `# Extraction: ${report.documents} documents of \`${report.folder}\``,
    "",
    `${describeMachine(machine)}; best of ${report.repeat}, the engines in turns, each in a process of its own.`,
    "",
    ...speedTable(engines, baseline),
    ...report.unavailable.map(({ name, reason }) => `\nNot measured: ${name} (${reason})`),
    ...qualityTables(engines),
    ...failureTable(engines, report.documents),
    ...thinnerTable(report.thinner),
    "",
  ].join("\n");
}

function speedTable(engines: readonly EngineResult[], baseline: string): string[] {
  const base = engines.find(({ name }) => name === baseline)?.pagesPerCpuSecond;
  return [
    row([
      "engine",
      "pages/CPU-s",
      `against ${baseline}`,
      "pages",
      "CPU s",
      "wall s",
      "ms/page p50",
      "ms/page p99",
      "peak RSS MB",
      "failed",
    ]),
    row(["---", ...Array.from({ length: 9 }, () => "--:")]),
    ...engines.map((engine) =>
      row([
        `${engine.name} ${engine.version}`,
        engine.pagesPerCpuSecond.toFixed(0),
        base === undefined ? "–" : `${(engine.pagesPerCpuSecond / base).toFixed(2)}×`,
        String(engine.pages),
        engine.cpuSeconds.toFixed(2),
        engine.wallSeconds.toFixed(2),
        engine.msPerPage.p50.toFixed(2),
        engine.msPerPage.p99.toFixed(2),
        (engine.peakRssBytes / 2 ** 20).toFixed(0),
        `${engine.failed} of ${engine.documents}`,
      ]),
    ),
  ];
}

function qualityTables(engines: readonly EngineResult[]): string[] {
  const judged = engines.flatMap(({ name, quality }) => (quality === null ? [] : [{ name, quality }]));
  const [first] = judged;
  if (first === undefined) return [];
  judged.sort((left, right) => right.quality.all.f1 - left.quality.all.f1);
  const groups = Object.keys(first.quality.groups);
  return [
    "",
    `## Text, over the ${first.quality.all.documents} documents with a true text`,
    "",
    row(["engine", "F1", "word order", "characters", "without spaces", "raw characters"]),
    row(["---", "--:", "--:", "--:", "--:", "--:"]),
    ...judged.map(({ name, quality: { all } }) =>
      row([name, ...[all.f1, all.order, all.lev, all.spc, all.levRaw].map((score) => score.toFixed(3))]),
    ),
    ...(groups.length === 0
      ? []
      : [
          "",
          "F1 / word order by group:",
          "",
          row(["engine", ...groups.map((group) => `${group} (${first.quality.groups[group]?.documents})`)]),
          row(["---", ...groups.map(() => "--:")]),
          ...judged.map(({ name, quality }) =>
            row([
              name,
              ...groups.map((group) => {
                const mean = quality.groups[group];
                return mean === undefined ? "–" : `${mean.f1.toFixed(3)} / ${mean.order.toFixed(3)}`;
              }),
            ]),
          ),
        ]),
  ];
}

function failureTable(engines: readonly EngineResult[], documents: number): string[] {
  const failed = engines.filter(({ failures }) => failures.length > 0);
  if (failed.length === 0) return [];
  return [
    "",
    "## Failures",
    "",
    row(["engine", "document", `reason (of ${documents} documents)`]),
    row(["---", "---", "---"]),
    ...failed.flatMap(({ name, failures }) =>
      failures.map(({ document, reason }) => row([name, document, reason.replaceAll("`", "'")])),
    ),
  ];
}

function thinnerTable(thinner: ExtractReport["thinner"]): string[] {
  if (thinner.length === 0) return [];
  return [
    "",
    "## Where native finds less than a fifth of what another engine finds",
    "",
    "Either text is missed, or the other engine takes for text what is not (codes of a font that has no characters).",
    "",
    row(["document", "letters and digits", "another engine", "its letters and digits"]),
    row(["---", "--:", "---", "--:"]),
    ...thinner.map(({ document, characters, peer, peerCharacters }) =>
      row([document, String(characters), peer, String(peerCharacters)]),
    ),
  ];
}
