import type { IsolationReport, SizeClass } from "../suites/isolation.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What it costs to read documents in processes of their own. */
export function isolationMarkdown(report: IsolationReport, machine: Machine): string {
  const documents = ({ files, times }: SizeClass) => files * times;
  return [
    `# Isolation: documents of ${report.folders.map((folder) => `\`${folder}\``).join(", ")} through extractors, and without`,
    "",
    `${describeMachine(machine)}; ${report.workers} extractors; the quickest of ${report.repeats}.`,
    "",
    row([
      "documents",
      "files",
      "read",
      "addon /s",
      "addon and hash /s",
      "extractors /s",
      "of addon",
      "of addon and hash",
      "the same, CPU",
    ]),
    row(["---", ...Array.from({ length: 8 }, () => "--:")]),
    ...report.sizes.map((size) =>
      row([
        `${(size.meanBytes / 1e3).toFixed(0)} KB`,
        String(size.files),
        String(documents(size)),
        (documents(size) / size.alone.seconds).toFixed(0),
        (documents(size) / size.inProcess.seconds).toFixed(0),
        (documents(size) / size.children.seconds).toFixed(0),
        size.ratioToAlone.wall.toFixed(3),
        size.ratio.wall.toFixed(3),
        size.ratio.cpu.toFixed(3),
      ]),
    ),
    "",
    row(["CPU µs a document", "addon", "addon and hash", "extractor", "worker", "reader of the answers"]),
    row(["---", "--:", "--:", "--:", "--:", "--:"]),
    ...report.sizes.map((size) => {
      const micros = (pass: SizeClass["alone"], role: string) =>
        (((pass.cpuSeconds[role] ?? 0) / documents(size)) * 1e6).toFixed(0);
      const { alone, inProcess, children } = size;
      return row([
        `${(size.meanBytes / 1e3).toFixed(0)} KB`,
        micros(alone, "alone"),
        micros(inProcess, "alone"),
        ...["extractor", "worker", "client"].map((role) => micros(children, role)),
      ]);
    }),
    "",
  ].join("\n");
}
