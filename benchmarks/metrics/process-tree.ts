/** CPU time and peak memory of a process and all that it starts, read from /proc while it runs (Linux only). */
import { readdirSync, readFileSync } from "node:fs";
import { peakRssOf } from "./peak-rss.ts";

export interface ProcessCost {
  role: string;
  pid: number;
  cpuSeconds: number;
  peakRssMb: number;
}

const TICKS_PER_SECOND = 100;
// Short enough to see a process that lives for a moment, long enough to cost nothing beside the run.
const SAMPLE_EVERY_MS = 25;

/** Runs the command to its end; `totalCpuSeconds` is the kernel's own sum over everything it waited for. */
export async function measureTree(
  command: string[],
  roleOf: (commandLine: string) => string,
): Promise<{
  exitCode: number;
  stdout: string;
  wallSeconds: number;
  totalCpuSeconds: number;
  processes: ProcessCost[];
}> {
  const started = performance.now();
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "ignore" });
  const costs = new Map<number, ProcessCost>();
  const sampler = setInterval(() => sample(child.pid, costs, roleOf), SAMPLE_EVERY_MS);
  const stdout = await new Response(child.stdout).text();
  const exitCode = await child.exited;
  clearInterval(sampler);
  const usage = child.resourceUsage();
  return {
    exitCode,
    stdout,
    wallSeconds: (performance.now() - started) / 1000,
    totalCpuSeconds: usage === undefined ? 0 : Number(usage.cpuTime.total) / 1e6,
    processes: [...costs.values()].sort((left, right) => right.cpuSeconds - left.cpuSeconds),
  };
}

function sample(root: number, costs: Map<number, ProcessCost>, roleOf: (commandLine: string) => string): void {
  for (const { pid, commandLine, cpuSeconds } of readProcesses(root)) {
    const known = costs.get(pid);
    const peakRssMb = Math.max(known?.peakRssMb ?? 0, peakRssOf(pid) / 2 ** 20);
    // A process that has ended but was not waited for yet has no command line any more.
    const role = commandLine === "" && known !== undefined ? known.role : roleOf(commandLine);
    costs.set(pid, { role, pid, cpuSeconds, peakRssMb });
  }
}

export interface ProcessTimes {
  pid: number;
  commandLine: string;
  cpuSeconds: number;
  /** Of the children that it has waited for, and of theirs. */
  endedChildrenCpuSeconds: number;
}

/** A process and all that it started, as they are now. */
export function readProcesses(root: number): ProcessTimes[] {
  const parents = new Map<number, number>();
  const stats = new Map<number, string[]>();
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const fields = statFields(pid);
    if (fields === null) continue;
    stats.set(pid, fields);
    parents.set(pid, Number(fields[1]));
  }
  const seconds = (ticks: string | undefined) => Number(ticks) / TICKS_PER_SECOND;
  return [...stats]
    .filter(([pid]) => descendsFrom(pid, root, parents))
    .map(([pid, fields]) => ({
      pid,
      commandLine: commandLine(pid),
      cpuSeconds: seconds(fields[11]) + seconds(fields[12]),
      endedChildrenCpuSeconds: seconds(fields[13]) + seconds(fields[14]),
    }));
}

function descendsFrom(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === root) return true;
  return false;
}

/** The fields of /proc/PID/stat after the name, which may itself hold spaces and brackets. */
function statFields(pid: number): string[] | null {
  const text = read(`/proc/${pid}/stat`);
  return text === null ? null : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

function commandLine(pid: number): string {
  return (read(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ");
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null; // The process has just ended.
  }
}
