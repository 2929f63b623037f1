import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PostmasterFile {
  readonly pid: number;
  readonly status: string;
}

/** `postmaster.pid` of a PostgreSQL folder: who runs it, and how far the start is (line 8), or null. */
export function readPostmasterFile(postgresDir: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(postgresDir, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: lines[7]?.trim() ?? "" } : null;
  } catch {
    return null;
  }
}
