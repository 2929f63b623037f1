import { readFileSync } from "node:fs";

/** Whether a process with this id exists, a zombie included; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM";
  }
}

/** Tells a process from a later one with the same id: the id and its start time. null when there is none. */
export function processIdentity(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      // The command, in parentheses, may hold spaces; what follows is split by them, the start time as number 20.
      const startTicks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
      return startTicks === undefined ? null : `${pid}@${startTicks}`;
    } catch {
      return null;
    }
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

function ps(pid: number, field: string): string | null {
  const found = Bun.spawnSync(["ps", "-o", field, "-p", String(pid)], { stderr: "ignore" });
  const text = found.stdout.toString().trim();
  return found.exitCode === 0 && text !== "" ? text : null;
}
