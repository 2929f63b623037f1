import { AppError } from "@sluice/contracts";
import { chmodSync, chownSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { POSTGRES_ENVIRONMENT } from "./postgres-environment.ts";

/**
 * PostgreSQL refuses to run as root, and containers often have nobody else. First choice: a user namespace in which
 * root goes by another number; to the file system it is still root, so data may lie anywhere, below /root too. Where
 * namespaces are forbidden (many container runtimes): a real change of user, to the owner of the data directory or to
 * `nobody`, with its files given to that user. Not root: nothing of this.
 */
export interface RunAs {
  /** Put before the command. */
  readonly prefix: readonly string[];
  /** Given to `Bun.spawn`. */
  readonly user: { uid: number; gid: number } | null;
}

let namespaceWorks: boolean | undefined;

/** How to run PostgreSQL for this data directory. Throws START_FAILED when root has no other user to run it as. */
export function runAs(dataDir: string): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [], user: null };
  const nobody = otherUser();
  // initdb wants a user that the system knows by name.
  const prefix = ["unshare", "--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  namespaceWorks ??= process.platform === "linux" && succeeds([...prefix, "true"]);
  if (namespaceWorks) return { prefix, user: null };
  const owner = statSync(dataDir);
  return { prefix: [], user: owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid } };
}

/** Lets the user that PostgreSQL runs as reach its files: `paths` become its own, the data directory can be entered. */
export function grantAccess(as: RunAs, dataDir: string, paths: readonly string[]): void {
  if (as.user === null) return;
  const { uid, gid } = as.user;
  if (statSync(dataDir).uid !== uid) chmodSync(dataDir, 0o711);
  for (const path of paths) chownSync(path, uid, gid);
}

/** Throws START_FAILED when the user may not reach what it has to run, naming the folder that keeps it out. */
export function checkReach(as: RunAs, paths: readonly string[]): void {
  if (as.user === null) return;
  for (const path of paths) {
    const parts = path.split("/");
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const step = join("/", ...parts.slice(0, depth));
      if (succeeds(["test", "-x", step], as.user)) continue;
      throw new AppError(
        "START_FAILED",
        `PostgreSQL does not run as root, and user ${as.user.uid} may not enter ${step}; run Sluice as another user, move it out of there, or use --database-url`,
      );
    }
  }
}

function otherUser(): { uid: number; gid: number } {
  const entries = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((entry) => entry.uid > 0 && entry.gid > 0 && entry.gid < 2 ** 31);
  const found = entries.find((entry) => entry.name === "nobody") ?? entries[0];
  if (found === undefined) {
    throw new AppError("START_FAILED", "PostgreSQL does not run as root, and /etc/passwd names no other user");
  }
  return { uid: found.uid, gid: found.gid };
}

function succeeds(command: string[], user?: { uid: number; gid: number }): boolean {
  try {
    const streams = { stdout: "ignore", stderr: "ignore", stdin: "ignore" } as const;
    return Bun.spawnSync(command, { ...streams, cwd: "/", env: POSTGRES_ENVIRONMENT, ...user }).success;
  } catch {
    return false;
  }
}
