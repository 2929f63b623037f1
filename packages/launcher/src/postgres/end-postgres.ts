import { waitForExit } from "../processes/wait-for-exit.ts";

/**
 * Stops a PostgreSQL: fast shutdown, which rolls back what is open and writes a checkpoint; after 10 s the immediate
 * one, which costs a recovery; after 3 more SIGKILL. Its children notice the death of their parent by themselves.
 */
export async function endPostgres(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 3_000],
    ["SIGKILL", 3_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitForExit(pid, patienceMs)) return;
  }
}
