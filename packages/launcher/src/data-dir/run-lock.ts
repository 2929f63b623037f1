import { Database } from "bun:sqlite";
import { AppError } from "@sluice/contracts";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { DataDirLayout } from "./data-dir-layout.ts";

const holderSchema = z.object({ pid: z.int(), command: z.string(), since: z.string() });

export interface RunLock {
  release(): void;
}

/**
 * One run at a time on a data directory. The lock is SQLite's on a file of its own, which is a lock of the kernel: it
 * goes with its holder however that dies, cannot be mistaken for that of a later process with the same id, and holds
 * between containers that share a volume. `run.json` beside it says who holds it, for people.
 *
 * Throws DATA_DIR_IN_USE naming the holder.
 */
// No code may open and close run.lock by itself: POSIX would drop the lock of the whole process with it.
export async function takeRunLock(layout: DataDirLayout): Promise<RunLock> {
  const lock = new Database(layout.lock, { create: true });
  try {
    lock.run("PRAGMA busy_timeout = 0");
    lock.run("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { code?: unknown }).code === "SQLITE_BUSY") throw await inUse(layout, error);
    throw error;
  }
  const holder = { pid: process.pid, command: ownCommand(), since: new Date().toISOString() };
  writeFileSync(layout.holder, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      rmSync(layout.holder, { force: true });
      lock.close();
    },
  };
}

async function inUse(layout: DataDirLayout, cause: unknown): Promise<AppError> {
  // The holder writes its name just after it has the lock.
  let holder = readHolder(layout);
  for (let tries = 0; holder === null && tries < 10; tries += 1) {
    await Bun.sleep(20);
    holder = readHolder(layout);
  }
  const who = holder === null ? "another process" : `process ${holder.pid} (${holder.command}), since ${holder.since}`;
  return new AppError("DATA_DIR_IN_USE", `${layout.path} is used by ${who}`, {
    context: { dataDir: layout.path, ...(holder === null ? {} : { pid: holder.pid, command: holder.command }) },
    cause,
  });
}

function readHolder(layout: DataDirLayout) {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(layout.holder, "utf8")));
  } catch {
    return null;
  }
}

/** The command line, without what may be a secret in it. */
function ownCommand(): string {
  return process.argv
    .slice(1)
    .map((argument, index, all) => (/^--?(token|database-url)$/.test(all[index - 1] ?? "") ? "…" : argument))
    .map((argument) => argument.replace(/^(--(?:token|database-url)=).*/, "$1…"))
    .join(" ")
    .slice(0, 300);
}
