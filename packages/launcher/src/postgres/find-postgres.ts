import type { DataDirLayout } from "../data-dir/data-dir-layout.ts";
import { isAlive, processCommand, processIdentity } from "../processes/process-facts.ts";
import { readPostgresRecord } from "./postgres-record.ts";
import { readPostmasterFile } from "./postmaster-file.ts";

/**
 * What may be found on a data directory:
 * - `none`: nothing, or the file of a dead one, which PostgreSQL clears away itself;
 * - `stranger`: its file names a process that is something else by now;
 * - `detached`: one that `db start` made, to be shared;
 * - `owned`: one that belongs to a run which is still alive;
 * - `orphan`: one whose run was killed, about to end.
 */
export type FoundPostgres =
  | { kind: "none" }
  | { kind: "stranger"; pid: number }
  | { kind: "detached"; pid: number; port: number; ready: boolean }
  | { kind: "owned"; pid: number; ownerPid: number; port: number }
  | { kind: "orphan"; pid: number };

export async function findPostgres(layout: DataDirLayout): Promise<FoundPostgres> {
  const file = readPostmasterFile(layout.postgres);
  if (file === null || !isAlive(file.pid)) return { kind: "none" };
  const command = processCommand(file.pid);
  if (command === null || !command.includes(layout.postgres)) return { kind: "stranger", pid: file.pid };
  const record = await readPostgresRecord(layout);
  if (record === null || record.pid !== file.pid) return { kind: "orphan", pid: file.pid };
  if (record.mode === "detached") {
    return { kind: "detached", pid: file.pid, port: record.port, ready: file.status === "ready" };
  }
  const ownerPid = Number(record.startedBy.split("@")[0]);
  return processIdentity(ownerPid) === record.startedBy
    ? { kind: "owned", pid: file.pid, ownerPid, port: record.port }
    : { kind: "orphan", pid: file.pid };
}
