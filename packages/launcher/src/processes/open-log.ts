import { openSync, readFileSync, renameSync, statSync } from "node:fs";

const MAX_LOG_BYTES = 8 * 2 ** 20;

export interface PartLog {
  readonly path: string;
  readonly fd: number;
  /** What has been written since it was opened: the last `lines` of it. */
  tail(lines: number): string;
}

/** Opens the log of a part for appending; past 8 MiB it becomes `NAME.1`, in place of the one before. */
export function openLog(path: string): PartLog {
  let offset = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (offset > MAX_LOG_BYTES) {
    renameSync(path, `${path}.1`);
    offset = 0;
  }
  return {
    path,
    fd: openSync(path, "a", 0o600),
    tail: (lines) => readFileSync(path).subarray(offset).toString().trim().split("\n").slice(-lines).join("\n"),
  };
}
