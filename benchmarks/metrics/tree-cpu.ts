import { readProcesses } from "./process-tree.ts";

/**
 * CPU seconds (user + system) that a process and all under it have used so far, those that have ended and were waited for
 * included: the difference of two calls is what happened between them (Linux only).
 */
export function treeCpuSeconds(root: number): number {
  return readProcesses(root).reduce((sum, one) => sum + one.cpuSeconds + one.endedChildrenCpuSeconds, 0);
}
