import { statfs, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@sluice/contracts";
import type { CheckResult, ReadyCheck } from "@sluice/serverkit";
import type { StoreRoom } from "../commit/store-room.ts";
import type { Database } from "../db/database.ts";
import { databaseCode, isConnectionLoss, isOutOfConnections } from "../db/database-error.ts";
import { checkSchema } from "../db/migrate.ts";
import { MIGRATIONS } from "../db/migrations/migrations.ts";

/** Room for the results of some large shards; with less, they would fail for want of it. */
const SPOOL_MIN_MB = 64;

/** What a coordinator needs to take work in and to store what comes back. */
export function readyChecks({
  database,
  storeRoom,
  spoolDir,
}: {
  database: Database;
  storeRoom: StoreRoom;
  spoolDir: string;
}): Record<string, ReadyCheck> {
  return {
    database: () => checkDatabase(database),
    storage: () => checkStorage(storeRoom),
    spool: () => checkSpool(spoolDir),
  };
}

/** One statement, so that reachable and of the right schema are of one moment. */
async function checkDatabase(database: Database): Promise<CheckResult> {
  try {
    const { rows } = await database.control.query<{ number: number }>("select number from schema_migrations");
    const applied = new Set(rows.map((row) => row.number));
    const missing = MIGRATIONS.filter((migration) => !applied.has(migration.number));
    const schema = Math.max(0, ...applied);
    if (missing.length > 0) {
      return { ok: false, reason: `the schema lacks ${missing.map(({ name }) => name).join(", ")}`, schema };
    }
    await checkSchema(database);
    return { ok: true, schema };
  } catch (error) {
    if (error instanceof AppError && error.code === "SCHEMA_NEWER") return { ok: false, reason: error.message };
    if (isOutOfConnections(error)) return { ok: false, reason: "PostgreSQL has no connection left" };
    if (isConnectionLoss(error)) return { ok: false, reason: "PostgreSQL does not answer" };
    return { ok: false, reason: `PostgreSQL answers with ${databaseCode(error) ?? "an error"}` };
  }
}

function checkStorage({ fullForMs }: StoreRoom): CheckResult {
  if (fullForMs === null) return { ok: true };
  return { ok: false, reason: "PostgreSQL has no space left to write to", fullForMs: Math.round(fullForMs) };
}

async function checkSpool(folder: string): Promise<CheckResult> {
  const probe = join(folder, `sluice-ready-${Bun.randomUUIDv7()}`);
  try {
    await writeFile(probe, "x");
    await unlink(probe);
  } catch (error) {
    return { ok: false, reason: `the spool directory cannot be written (${databaseCode(error) ?? "an error"})` };
  }
  const { bavail, bsize } = await statfs(folder);
  const freeMb = Math.floor((bavail * bsize) / (1 << 20));
  if (freeMb >= SPOOL_MIN_MB) return { ok: true, freeMb };
  return { ok: false, reason: `the spool directory has ${freeMb} MB left, less than ${SPOOL_MIN_MB}`, freeMb };
}
