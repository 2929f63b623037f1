import { readFileSync } from "node:fs";

const PAGE_BYTES = 4_096;

/**
 * Resident bytes of some processes, by pid; those that are gone are left out. Linux: /proc, a few microseconds each.
 * Elsewhere one `ps` for all of them, so it is asked less often.
 */
export async function residentMemory(pids: readonly number[]): Promise<Map<number, number>> {
  return process.platform === "linux" ? fromProc(pids) : await fromPs(pids);
}

export const MEMORY_WATCH_MS = process.platform === "linux" ? 25 : 250;

function fromProc(pids: readonly number[]): Map<number, number> {
  const resident = new Map<number, number>();
  for (const pid of pids) {
    try {
      // `size resident shared …` in pages.
      const pages = Number(readFileSync(`/proc/${pid}/statm`, "latin1").split(" ", 2)[1]);
      if (pages > 0) resident.set(pid, pages * pageBytes());
    } catch {
      // It has died since; its end is reported elsewhere.
    }
  }
  return resident;
}

let knownPageBytes = 0;

function pageBytes(): number {
  // ARM kernels may use pages of 16 or 64 KB: this process's own figures tell which.
  if (knownPageBytes === 0) {
    const pages = Number(readFileSync("/proc/self/statm", "latin1").split(" ", 2)[0]);
    const kilobytes = Number(/^VmSize:\s+(\d+)/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? 0);
    const ratio = (kilobytes * 1_024) / pages;
    knownPageBytes = ratio > 0 ? 2 ** Math.round(Math.log2(ratio)) : PAGE_BYTES;
  }
  return knownPageBytes;
}

async function fromPs(pids: readonly number[]): Promise<Map<number, number>> {
  const resident = new Map<number, number>();
  if (pids.length === 0) return resident;
  const ps = Bun.spawn({
    cmd: ["ps", "-o", "pid=,rss=", "-p", pids.join(",")],
    stdin: "ignore",
    stdout: "pipe",
    stderr: "ignore",
  });
  for (const line of (await ps.stdout.text()).split("\n")) {
    const [pid, kilobytes] = line.trim().split(/\s+/).map(Number);
    if (pid !== undefined && kilobytes !== undefined && kilobytes > 0) resident.set(pid, kilobytes * 1_024);
  }
  return resident;
}
