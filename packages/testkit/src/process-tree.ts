import { readdirSync, readFileSync } from "node:fs";
import { processCommand } from "@sluice/launcher";

export interface TreeProcess {
  pid: number;
  parentPid: number;
  command: string;
}

/** All descendants of a process, parents before children; those that have ended and await their parent are left out. */
export function processTree(rootPid: number): TreeProcess[] {
  const children = childrenByParent();
  const found: TreeProcess[] = [];
  const queue = [rootPid];
  for (let parentPid = queue.shift(); parentPid !== undefined; parentPid = queue.shift()) {
    for (const pid of children.get(parentPid) ?? []) {
      queue.push(pid);
      found.push({ pid, parentPid, command: processCommand(pid) ?? "" });
    }
  }
  return found;
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const [pid, parentPid] of process.platform === "linux" ? fromProc() : fromPs()) {
    const siblings = children.get(parentPid);
    if (siblings === undefined) children.set(parentPid, [pid]);
    else siblings.push(pid);
  }
  return children;
}

function* fromProc(): Generator<[number, number]> {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "latin1");
      const [state, parentPid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state !== "Z") yield [Number(entry), Number(parentPid)];
    } catch {
      // It ended meanwhile.
    }
  }
}

function* fromPs(): Generator<[number, number]> {
  const run = Bun.spawnSync(["ps", "-axo", "pid=,ppid=,stat="]);
  for (const line of run.stdout.toString().trim().split("\n")) {
    const [pid, parentPid, state] = line.trim().split(/\s+/);
    if (state?.startsWith("Z") !== true) yield [Number(pid), Number(parentPid)];
  }
}
