import { readFile, statfs } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname } from "node:path";

export interface MachineFacts {
  readonly bunVersion: string;
  readonly platform: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly availableMemoryBytes: number;
  /** Files a process may have open; null where nobody says. */
  readonly openFiles: number | null;
  /** On the disk of the data directory. */
  readonly freeDiskBytes: number;
}

/** Reads what this machine has; container limits count where there are any. */
export async function machineFacts(dataDir: string): Promise<MachineFacts> {
  const limit = await containerMemory();
  const memoryBytes = Math.min(totalmem(), limit);
  return {
    bunVersion: Bun.version,
    platform: `${process.platform}-${process.arch}`,
    cores: availableParallelism(),
    memoryBytes,
    availableMemoryBytes: Math.min(await availableMemory(), memoryBytes),
    openFiles: await openFileLimit(),
    freeDiskBytes: await freeDisk(dataDir),
  };
}

async function containerMemory(): Promise<number> {
  const text = await readFile("/sys/fs/cgroup/memory.max", "utf8").catch(() => "max");
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.POSITIVE_INFINITY;
}

async function availableMemory(): Promise<number> {
  const text = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const kilobytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1_024;
}

async function openFileLimit(): Promise<number | null> {
  const text = await readFile("/proc/self/limits", "utf8").catch(() => "");
  const soft = /^Max open files\s+(\d+)/m.exec(text)?.[1];
  if (soft !== undefined) return Number(soft);
  const shell = Bun.spawnSync(["sh", "-c", "ulimit -n"], { stderr: "ignore" });
  const value = Number(shell.stdout.toString().trim());
  return Number.isInteger(value) && value > 0 ? value : null;
}

/** Free bytes for ordinary users at a path, or at the nearest folder above it that exists. */
async function freeDisk(path: string): Promise<number> {
  for (let folder = path; ; folder = dirname(folder)) {
    const stats = await statfs(folder).catch(() => null);
    if (stats !== null) return stats.bavail * stats.bsize;
    if (folder === dirname(folder)) return 0;
  }
}
