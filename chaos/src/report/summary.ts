import { cpus, totalmem } from "node:os";
import type { Plan } from "../plan/plan.ts";
import type { RunResult } from "../run/run-plan.ts";

/** What a run comes to, as it is kept and printed with `--json`. */
export function summarize(plan: Plan, network: string, result: RunResult) {
  const { book } = result;
  return {
    seed: plan.seed,
    network,
    coordinators: plan.coordinators,
    workers: plan.workers,
    machine: { cpus: cpus().length, cpu: cpus()[0]?.model ?? "", memoryGiB: Math.round(totalmem() / 2 ** 30) },
    minutes: Math.round(result.seconds / 6) / 10,
    rounds: result.rounds,
    kills: book.counts.get("kills") ?? 0,
    batches: book.counts.get("batches") ?? 0,
    items: book.counts.get("items") ?? 0,
    documents: result.documents,
    pages: result.pages,
    audits: book.counts.get("audits") ?? 0,
    quietPoints: book.counts.get("quiet points") ?? 0,
    counts: Object.fromEntries([...book.counts].sort(([left], [right]) => (left < right ? -1 : 1))),
    blamed: book.blamed,
    violations: book.violations,
  };
}

export type Summary = ReturnType<typeof summarize>;
