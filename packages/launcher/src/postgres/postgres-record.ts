import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { DataDirLayout } from "../data-dir/data-dir-layout.ts";

const recordSchema = z.object({
  pid: z.int().min(1),
  port: z.int().min(1).max(65_535),
  /** `run`: ends with the process that started it. `detached`: made by `db start`, lives until `db stop`. */
  mode: z.enum(["run", "detached"]),
  /** The process that started it, as `processIdentity` gives it. */
  startedBy: z.string(),
  startedAt: z.string(),
});
export type PostgresRecord = z.infer<typeof recordSchema>;

/** What the last start of this data directory's PostgreSQL wrote down, or null. It may be long dead. */
export async function readPostgresRecord(layout: DataDirLayout): Promise<PostgresRecord | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(layout.postgresRecord, "utf8")));
  } catch {
    return null;
  }
}

export async function writePostgresRecord(layout: DataDirLayout, record: PostgresRecord): Promise<void> {
  const draft = `${layout.postgresRecord}.draft`;
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, layout.postgresRecord);
}

export async function removePostgresRecord(layout: DataDirLayout): Promise<void> {
  await rm(layout.postgresRecord, { force: true });
}

/** The address of the database, password included. Throws what the file system throws. */
export async function postgresUrl(layout: DataDirLayout, port: number): Promise<string> {
  const password = (await readFile(layout.postgresPassword, "utf8")).trim();
  return `postgres://sluice:${password}@127.0.0.1:${port}/postgres`;
}
