import { AppError } from "@sluice/contracts";
import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { dataDirLayout } from "../data-dir/data-dir-layout.ts";
import { endPostgres } from "./end-postgres.ts";
import { findPostgres } from "./find-postgres.ts";
import { postgresUrl, removePostgresRecord } from "./postgres-record.ts";

export interface PostgresAddress {
  databaseUrl: string;
  pid: number;
  port: number;
  /** false: it belongs to a run and ends with it. */
  detached: boolean;
}

/** The PostgreSQL that runs on this data directory now, or null. */
export async function locatePostgres(dataDir: string): Promise<PostgresAddress | null> {
  const layout = await existingLayout(dataDir);
  const found = layout === null ? null : await findPostgres(layout);
  if (layout === null || found === null || (found.kind !== "detached" && found.kind !== "owned")) return null;
  return {
    databaseUrl: await postgresUrl(layout, found.port),
    pid: found.pid,
    port: found.port,
    detached: found.kind === "detached",
  };
}

/**
 * Stops the PostgreSQL that `db start` left running on this data directory. Returns false when none runs. Throws
 * DATA_DIR_IN_USE when it belongs to a run that is alive.
 */
export async function stopPostgres(dataDir: string): Promise<boolean> {
  const layout = await existingLayout(dataDir);
  const found = layout === null ? null : await findPostgres(layout);
  if (layout === null || found === null || found.kind === "none" || found.kind === "stranger") return false;
  if (found.kind === "owned") {
    throw new AppError(
      "DATA_DIR_IN_USE",
      `PostgreSQL of ${layout.path} belongs to process ${found.ownerPid} and ends with it; stop that process`,
      { context: { dataDir: layout.path, pid: found.ownerPid } },
    );
  }
  await endPostgres(found.pid);
  await removePostgresRecord(layout);
  return true;
}

async function existingLayout(dataDir: string) {
  try {
    return dataDirLayout(await realpath(resolve(dataDir)));
  } catch {
    return null;
  }
}
