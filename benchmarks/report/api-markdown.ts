import type { ApiReport } from "../suites/api.ts";
import { ROLES } from "../suites/synthetic-stand.ts";
import type { Quantiles } from "../metrics/quantiles.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What a client waits for at a large batch. */
export function apiMarkdown(report: ApiReport, machine: Machine): string {
  const { items, batches, submission, calls, crowds, deletion, coordinatorRssMb } = report;
  const micros = (seconds: number) => ((seconds / items) * 1e6).toFixed(1);
  const times = ({ p50, p99, max }: Quantiles) => [p50.toFixed(1), p99.toFixed(1), max.toFixed(1)];
  return [
    `# API: a batch of ${items.toLocaleString("en")} items, beside ${batches.toLocaleString("en")} others`,
    "",
    `${describeMachine(machine)}; embedded PostgreSQL, the clients on the same machine.`,
    "",
    `Submitted by names from one client in ${submission.seconds.toFixed(1)} s; CPU µs an item: ${ROLES.map((role) => `${role} ${micros(submission.cpuSeconds[role])}`).join(", ")}.`,
    `Deleted in ${deletion.seconds.toFixed(1)} s, in which nobody waited longer than ${deletion.longestStatusMs.toFixed(0)} ms for the status of another batch. Peak memory of the coordinator: ${coordinatorRssMb.toFixed(0)} MB.`,
    "",
    row(["one client, ms a call", "p50", "p99", "longest"]),
    row(["---", "--:", "--:", "--:"]),
    ...calls.map((call) => row([call.name, ...times(call)])),
    "",
    row(["clients", "pause, ms", "calls/s", "errors", "p50, ms", "p99", "longest", "documents/s read meanwhile"]),
    row(Array.from({ length: 8 }, () => "--:")),
    ...crowds.map((crowd) =>
      row([
        String(crowd.clients),
        String(crowd.pauseMs),
        (crowd.calls / crowd.seconds).toFixed(0),
        String(crowd.errors),
        ...times(crowd),
        (crowd.documents / crowd.seconds).toFixed(0),
      ]),
    ),
    "",
    "Each asks for the status of the batch, again and again, while a synthetic worker has it in hand.",
    "",
  ].join("\n");
}
