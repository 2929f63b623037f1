import { readFileSync } from "node:fs";

/** Whether a process with this id runs, also one of another user. One that has ended and awaits its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EPERM") return false;
  }
  return linuxStat(pid)?.[0] !== "Z";
}

/** Tells a process from a later one with the same id: the id and its start time. null when none runs. */
export function processIdentity(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = linuxStat(pid);
    const startTicks = stat?.[19];
    return stat === null || startTicks === undefined || stat[0] === "Z" ? null : `${pid}@${startTicks}`;
  }
  const started = ps(pid, "lstart=");
  return started === null ? null : `${pid}@${started}`;
}

/** The command line of a process, arguments separated by spaces. null when there is none. */
export function processCommand(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    } catch {
      return null;
    }
  }
  return ps(pid, "command=");
}

/** The fields of /proc/PID/stat from the third on (proc(5)): the second, a name in parentheses, may hold spaces. */
function linuxStat(pid: number): string[] | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

function ps(pid: number, field: string): string | null {
  const found = Bun.spawnSync(["ps", "-o", field, "-p", String(pid)], { stderr: "ignore" });
  const text = found.stdout.toString().trim();
  return found.exitCode === 0 && text !== "" ? text : null;
}
