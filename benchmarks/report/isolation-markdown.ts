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
    row(["documents of about", "files", "read", "addon alone /s", "extractors /s", "ratio", "ratio of CPU time"]),
    row(["---", ...Array.from({ length: 6 }, () => "--:")]),
    ...report.sizes.map((size) =>
      row([
        `${(size.meanBytes / 1e3).toFixed(0)} KB`,
        String(size.files),
        String(documents(size)),
        (documents(size) / size.alone.seconds).toFixed(0),
        (documents(size) / size.children.seconds).toFixed(0),
        size.ratio.wall.toFixed(3),
        size.ratio.cpu.toFixed(3),
      ]),
    ),
    "",
    row(["CPU µs a document", "addon alone", "extractor", "worker", "reader of the answers"]),
    row(["---", "--:", "--:", "--:", "--:"]),
    ...report.sizes.map((size) => {
      const micros = (pass: SizeClass["alone"], role: string) =>
        (((pass.cpuSeconds[role] ?? 0) / documents(size)) * 1e6).toFixed(0);
      const { alone, children } = size;
      return row([
        `${(size.meanBytes / 1e3).toFixed(0)} KB`,
        micros(alone, "alone"),
        ...["extractor", "worker", "client"].map((role) => micros(children, role)),
      ]);
    }),
    "",
  ].join("\n");
}
