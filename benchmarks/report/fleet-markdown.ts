import type { FleetReport } from "../suites/fleet.ts";
import { row } from "./markdown-row.ts";
import { describeMachine, type Machine } from "./this-machine.ts";

/** How busy the slots of a fleet were, and what each shard cost those who hand them out. */
export function fleetMarkdown(report: FleetReport, machine: Machine): string {
  const { workers, slots, repeats } = report.options;
  const wasted = (outcomes: Record<string, number>) =>
    Object.entries(outcomes)
      .filter(([outcome]) => outcome !== "committed")
      .map(([outcome, attempts]) => `${attempts} ${outcome}`)
      .join(", ");
  return [
    `# Fleet: ${workers} synthetic workers of ${slots} slots`,
    "",
    `${describeMachine(machine)}; all on this machine, the best of ${repeats}.`,
    "",
    row([
      "ms a document",
      "coordinators",
      "slots in use",
      "idle ms a shard",
      "shards/s",
      "documents/s",
      "CPU ms a shard: coordinators",
      "PostgreSQL",
      "workers",
      "cores used",
      "waiting for locks",
      "deadlocks",
      "attempts that stored nothing",
      "largest coordinator, MB",
    ]),
    row(Array.from({ length: 14 }, () => "--:")),
    ...report.best.map((round) =>
      row([
        String(round.msPerDocument),
        String(round.coordinators),
        round.slotUse.toFixed(3),
        round.idleMsPerShard.toFixed(0),
        round.shardsPerSecond.toFixed(1),
        round.documentsPerSecond.toFixed(0),
        round.cpuMsPerShard.coordinators.toFixed(1),
        round.cpuMsPerShard.postgres.toFixed(1),
        round.cpuMsPerShard.workers.toFixed(1),
        round.coresUsed.toFixed(2),
        round.lockWaits.toFixed(2),
        String(round.deadlocks),
        wasted(round.outcomes) || "none",
        round.coordinatorPeakRssMb.toFixed(0),
      ]),
    ),
    "",
    `Every audit ${report.rounds.every((round) => round.balanced) ? "balances" : "does NOT balance"}.`,
    "",
  ].join("\n");
}
