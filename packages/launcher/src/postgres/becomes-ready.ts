import type { PartLog } from "../processes/open-log.ts";
import { readPostmasterFile } from "./postmaster-file.ts";

export interface StartingServer {
  readonly postgresDir: string;
  readonly server: { readonly pid: number; readonly exitCode: number | null; readonly signalCode: unknown };
  readonly log: PartLog;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

const LOOK_EVERY_MS = 5;
const READ_LOG_EVERY_MS = 500;
/** A server that has written so is about to end, or is ready all the same: what it lacked was not needed. */
const FULL_DISK_GRACE_MS = 3_000;

/**
 * Waits for the word `ready` in postmaster.pid, which is what pg_ctl goes by. false when the server ended first, when
 * time is up, or when a disk without space keeps it from going on: on some file systems even that word needs some.
 * Throws the signal's reason.
 */
export async function becomesReady({ postgresDir, server, log, timeoutMs, signal }: StartingServer): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  let readLogAt = performance.now() + READ_LOG_EVERY_MS;
  let giveUpAt = deadline;
  while (performance.now() < giveUpAt) {
    signal?.throwIfAborted();
    const file = readPostmasterFile(postgresDir);
    if (file?.pid === server.pid && file.status === "ready") return true;
    if (server.exitCode !== null || server.signalCode !== null) return false;
    if (giveUpAt === deadline && performance.now() >= readLogAt) {
      if (saysDiskFull(log.tail(20))) giveUpAt = Math.min(deadline, performance.now() + FULL_DISK_GRACE_MS);
      readLogAt = performance.now() + READ_LOG_EVERY_MS;
    }
    await Bun.sleep(LOOK_EVERY_MS);
  }
  return false;
}

/** Whether these lines of PostgreSQL's name the disk as what is in the way. */
export function saysDiskFull(lines: string): boolean {
  return /No space left on device|Disk quota exceeded/.test(lines);
}
