import { readdirSync } from "node:fs";
import { statFields, TICKS_PER_SECOND } from "./process-tree.ts";

/**
 * CPU seconds (user + system) that a process and all under it have used so far, those that have ended and were waited for
 * included: the difference of two calls is what happened between them (Linux only).
 */
export function treeCpuSeconds(root: number): number {
  const stats = new Map<number, string[]>();
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    const fields = Number.isInteger(pid) ? statFields(pid) : null;
    if (fields !== null) stats.set(pid, fields);
  }
  const children = Map.groupBy(stats.keys(), (pid) => Number(stats.get(pid)?.[1]));
  let ticks = 0;
  for (const waiting = [root]; ;) {
    const pid = waiting.pop();
    if (pid === undefined) return ticks / TICKS_PER_SECOND;
    // utime, stime, and those of children that were waited for.
    for (const field of [11, 12, 13, 14]) ticks += Number(stats.get(pid)?.[field] ?? 0);
    waiting.push(...(children.get(pid) ?? []));
  }
}
