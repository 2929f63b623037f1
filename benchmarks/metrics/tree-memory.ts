import { readFileSync } from "node:fs";
import { processTree } from "@sluice/testkit";
import { peakRssOf } from "./peak-rss.ts";
import { processRole } from "./process-role.ts";

export interface ProcessMemory {
  readonly role: string;
  readonly pid: number;
  readonly rssMb: number;
  /** The most that it has had since its start. */
  readonly peakMb: number;
  /** Its own pages, and its share of those that others have too: what processes with shared memory may be summed by. */
  readonly pssMb: number;
}

const MB = 2 ** 20;

/** Resident memory of everything that this process has started and that lives now (Linux). */
export function treeMemory(): ProcessMemory[] {
  return processTree(process.pid).flatMap(({ pid, command }) => {
    const rss = field(`/proc/${pid}/status`, "VmRSS");
    // It has ended meanwhile, or is a thread of the kernel.
    if (rss === 0) return [];
    const peakMb = peakRssOf(pid) / MB;
    const pssMb = field(`/proc/${pid}/smaps_rollup`, "Pss") / 1024;
    return [{ role: processRole(command), pid, rssMb: rss / 1024, peakMb, pssMb }];
  });
}

/** In kilobytes. */
function field(path: string, name: string): number {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(path, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
