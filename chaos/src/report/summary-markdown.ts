import type { Summary } from "./summary.ts";

/** The summary for people. */
export function summaryMarkdown(summary: Summary): string {
  const { machine } = summary;
  const rows: [string, string | number][] = [
    ["seed", summary.seed],
    [
      "hosts",
      `${summary.coordinators} coordinators, ${summary.workers} workers, PostgreSQL, client on ${summary.network}`,
    ],
    ["machine", `${machine.cpus} × ${machine.cpu}, ${machine.memoryGiB} GiB`],
    ["minutes", summary.minutes],
    ["rounds, each with a quiet point", summary.rounds],
    ["processes killed (SIGKILL)", summary.kills],
    ["batches", summary.batches],
    ["items handed in", summary.items],
    ["documents stored", summary.documents],
    ["pages stored", summary.pages],
    ["audits", summary.audits],
    ["healthy documents given up because what read them was killed again and again", summary.blamed.length],
    ["violations", summary.violations.length],
  ];
  const counts = Object.entries(summary.counts).filter(([name]) => name.includes(":"));
  return [
    `# Chaos, seed ${summary.seed}: ${summary.violations.length === 0 ? "nothing lost, doubled or wrong" : `${summary.violations.length} violations`}`,
    "",
    table(["what", "how much"], rows),
    "",
    table(["fault", "times"], counts),
    ...(summary.violations.length === 0
      ? []
      : [
          "",
          table(
            ["round", "batch", "violation", "detail"],
            summary.violations.map((one) => [one.round, one.name, one.kind, one.detail.slice(0, 300)]),
          ),
        ]),
    "",
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
