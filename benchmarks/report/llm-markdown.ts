import type { LlmReport } from "../suites/llm/llm.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** What the label stage gets from an LLM's server, against a load tool with the same calls. */
export function llmMarkdown(report: LlmReport, machine: Machine): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `# LLM stage against a load tool: ${report.documents} documents a round, the same calls twice`,
    "",
    `${describeMachine(machine)}; SmolLM2-135M on one thread, coordinator, worker and PostgreSQL on this machine.`,
    "",
    row([
      "server",
      "round",
      "calls",
      "at a time",
      "calls/s, stage",
      "calls/s, load tool",
      "ratio",
      "busy, stage",
      "busy, load tool",
    ]),
    row(["---", ...Array.from({ length: 8 }, () => "--:")]),
    ...report.servers.flatMap(({ server, rounds }) =>
      rounds.map(({ calls, concurrency, stage, direct, ratio }, index) =>
        row([
          server,
          String(index + 1),
          String(calls),
          String(concurrency),
          stage.callsPerSecond.toFixed(2),
          direct.callsPerSecond.toFixed(2),
          ratio.toFixed(3),
          percent(stage.busyShare),
          percent(direct.busyShare),
        ]),
      ),
    ),
    "",
    ...report.servers.map(
      ({ server, ratio }) => `${server}: ${ratio.toFixed(3)} of what the load tool gets, in the middle round.`,
    ),
    ...report.missing.map(({ server, why }) => `${server}: not measured: ${why}.`),
    "",
    "Calls a second from the first start to the last end; busy: the server had at least one of them in hand.",
    "",
  ].join("\n");
}
