import { chownSync, closeSync, ftruncateSync, mkdirSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Why no small file system can be had here, or null. */
export const TMPFS_MISSING: string | null =
  process.platform !== "linux"
    ? "only Linux mounts a tmpfs"
    : process.getuid?.() === 0
      ? null
      : "only root mounts a file system";

export interface Tmpfs extends AsyncDisposable {
  readonly path: string;
  /** Takes what room there is. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  grow(megabytes: number): void;
  /** Makes `path` belong to the owner of `likePath`. */
  give(path: string, likePath: string): void;
}

/** A file system of its own, of so many megabytes. */
export function mountTmpfs(path: string, megabytes: number): Tmpfs {
  mkdirSync(path, { recursive: true });
  mount(["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path]);
  const filler = join(path, "filler");
  return {
    path,
    fill: () => {
      const file = openSync(filler, "a");
      try {
        for (const size of [1 << 20, 4_096]) {
          const noise = Buffer.alloc(size, 1);
          try {
            for (;;) writeSync(file, noise);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
          }
        }
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      const file = openSync(filler, "r+");
      ftruncateSync(file, 0);
      closeSync(file);
    },
    grow: (size) => mount(["-o", `remount,size=${size}m`, path]),
    give: (given, likePath) => {
      const { uid, gid } = statSync(likePath);
      chownSync(given, uid, gid);
    },
    [Symbol.asyncDispose]: async () => {
      // What lies there may be in use for a moment longer.
      for (let tries = 1; tries <= 50; tries += 1) {
        if (Bun.spawnSync(["umount", path]).success) break;
        await Bun.sleep(100);
      }
      if (Bun.spawnSync(["mountpoint", "-q", path]).success) Bun.spawnSync(["umount", "--lazy", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function mount(args: string[]): void {
  const run = Bun.spawnSync(["mount", ...args], { stderr: "pipe" });
  if (!run.success) throw new Error(`mount ${args.join(" ")}: ${run.stderr.toString()}`);
}
