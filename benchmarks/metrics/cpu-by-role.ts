import { readProcesses } from "./process-tree.ts";

/** CPU seconds (user + system) so far, by role. */
export type RoleCpu = Record<string, number>;

// What a process has waited for is charged to it by the kernel; of these it belongs to a role of its own.
const CHILDREN_OF: Record<string, string> = { worker: "extractor" };

/**
 * What this process and all that it started have used so far, those included that have ended: take it before and after and
 * subtract. This process itself is the role `client`. Linux; ticks of 10 ms.
 */
export function cpuByRole(roleOf: (commandLine: string) => string): RoleCpu {
  const cpu: RoleCpu = {};
  const charge = (role: string, seconds: number) => (cpu[role] = (cpu[role] ?? 0) + seconds);
  for (const { pid, commandLine, cpuSeconds, endedChildrenCpuSeconds } of readProcesses(process.pid)) {
    const role = pid === process.pid ? "client" : roleOf(commandLine);
    charge(role, cpuSeconds);
    // What this process has waited for was none of the client's work.
    charge(pid === process.pid ? "ended" : (CHILDREN_OF[role] ?? role), endedChildrenCpuSeconds);
  }
  return cpu;
}

export function cpuBetween(before: RoleCpu, after: RoleCpu): RoleCpu {
  const roles = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const used = roles.map((role): [string, number] => [role, (after[role] ?? 0) - (before[role] ?? 0)]);
  return Object.fromEntries(used.filter(([, seconds]) => seconds > 0));
}

export function totalCpu(cpu: RoleCpu): number {
  return Object.values(cpu).reduce((sum, seconds) => sum + seconds, 0);
}
