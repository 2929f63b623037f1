import { AppError } from "@sluice/contracts";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataDirLayout } from "../data-dir/data-dir-layout.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { POSTGRES_ENVIRONMENT } from "./postgres-environment.ts";
import { grantAccess, type RunAs } from "./run-as.ts";

/** Work in progress; a first start that was killed leaves one behind, the next one sweeps it away. */
const DRAFT_PREFIX = "postgres.draft-";

/** Whether initdb has done its work here. */
export function isInitialized(layout: DataDirLayout): boolean {
  return existsSync(join(layout.postgres, "PG_VERSION"));
}

/** Makes up the password of a database that is about to be initialized. */
export async function makePassword(layout: DataDirLayout, as: RunAs): Promise<void> {
  const password = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  await writeFile(layout.postgresPassword, `${password}\n`, { mode: 0o600 });
  // initdb reads it by itself.
  grantAccess(as, layout.path, [layout.postgresPassword]);
}

/**
 * Runs initdb, once in the life of a data directory. It works in a draft folder that gets its name when it is complete,
 * so a kill at any moment leaves either no database or a whole one. Throws START_FAILED or DISK_FULL.
 */
export async function initializeDatabase(layout: DataDirLayout, binaries: PostgresBinaries, as: RunAs): Promise<void> {
  await sweepDrafts(layout);
  const draft = join(layout.path, `${DRAFT_PREFIX}${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  grantAccess(as, layout.path, [draft]);
  const initdb = Bun.spawn(
    [
      ...as.prefix,
      binaries.initdb,
      `--pgdata=${draft}`,
      "--username=sluice",
      `--pwfile=${layout.postgresPassword}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Byte order for sorting, Unicode for case: the same on every system, whatever its libc.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      // Written to disk while the server starts, by `syncDatabase`.
      "--no-sync",
      "--no-instructions",
    ],
    {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      env: POSTGRES_ENVIRONMENT,
      cwd: "/",
      detached: true,
      ...as.user,
    },
  );
  const [complaint, exitCode] = await Promise.all([initdb.stderr.text(), initdb.exited]);
  if (exitCode !== 0) {
    await rm(draft, { recursive: true, force: true });
    const reason = complaint.trim().split("\n").slice(0, 4).join("; ");
    throw new AppError(
      /No space left|Disk quota/.test(complaint) ? "DISK_FULL" : "START_FAILED",
      `initdb could not create the database in ${layout.path}: ${reason || `exit code ${exitCode ?? "none"}`}`,
      { context: { dataDir: layout.path } },
    );
  }
  // A folder without PG_VERSION under the final name is a wreck from outside; rename refuses to replace it unless empty.
  await rename(draft, layout.postgres);
}

/**
 * Writes a new database to disk, beside the start of its server: until it has ended, a power cut can cost the database
 * (which then holds nothing older than this second). Never rejects.
 */
export async function syncDatabase(layout: DataDirLayout, binaries: PostgresBinaries, as: RunAs): Promise<void> {
  try {
    const sync = Bun.spawn([...as.prefix, binaries.initdb, "--sync-only", `--pgdata=${layout.postgres}`], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
      env: POSTGRES_ENVIRONMENT,
      cwd: "/",
      detached: true,
      ...as.user,
    });
    sync.unref();
    await sync.exited;
  } catch {
    // The kernel writes the files within half a minute anyway.
  }
}

async function sweepDrafts(layout: DataDirLayout): Promise<void> {
  for (const entry of await readdir(layout.path)) {
    if (entry.startsWith(DRAFT_PREFIX))
      await rm(join(layout.path, entry), { recursive: true, force: true, maxRetries: 5 });
  }
}
