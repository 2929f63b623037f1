import { readFileSync } from "node:fs";

/**
 * Largest resident memory a living process has had, in bytes; 0 when it has ended or there is no /proc. Not `ru_maxrss`:
 * that survives an exec, so a child would begin with the size of the process that started it.
 */
export function peakRssOf(pid: number | "self"): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
