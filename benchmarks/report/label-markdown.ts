import type { LabelReport } from "../suites/label.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What the label stage costs a document beside whoever judges it. */
export function labelMarkdown(report: LabelReport, machine: Machine): string {
  return [
    `# Label stage: ${report.documents} documents of ${report.pages} pages, judged at once by a synthetic LLM, eight a shard`,
    "",
    `${describeMachine(machine)}; embedded PostgreSQL.`,
    "",
    row(["round", "documents/s", "coordinator, CPU ms a document", "PostgreSQL, CPU ms a document"]),
    row(["--:", "--:", "--:", "--:"]),
    ...report.rounds.map((round, index) =>
      row([
        String(index + 1),
        (round.documents / round.seconds).toFixed(0),
        ((round.coordinator / round.documents) * 1_000).toFixed(2),
        ((round.postgres / round.documents) * 1_000).toFixed(2),
      ]),
    ),
    "",
    `The least: coordinator ${report.coordinatorMs.toFixed(2)} ms, PostgreSQL ${report.postgresMs.toFixed(2)} ms.`,
    "",
  ].join("\n");
}
