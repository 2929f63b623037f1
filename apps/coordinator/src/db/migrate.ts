import { AppError } from "@sluice/contracts";
import { type Client, type Database } from "./database.ts";
import { databaseCode, translateDatabaseError } from "./database-error.ts";
import { MIGRATIONS, type Migration } from "./migrations/migrations.ts";

// Any constant of our own: coordinators that start together must take turns.
const MIGRATION_LOCK = 5_186_240_001;
// A migration that waits for a long transaction makes everybody behind it wait too: it lets them pass and tries again.
const LOCK_TIMEOUT_MS = 2_000;
const LOCK_TRIES = 15;

/**
 * Brings the schema up to date, one coordinator at a time. A newer schema is left alone: fine when its migrations say that
 * this version may run beside them, else SCHEMA_NEWER.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await migrateOnce(database, migrations);
      return;
    } catch (error) {
      // 55P03: a lock was not to be had in time.
      if (databaseCode(error) !== "55P03" || tries === LOCK_TRIES) throw error;
    }
  }
}

async function migrateOnce(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.transaction(async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query(`create table if not exists schema_migrations (
      number integer primary key, name text not null, applied_at timestamptz not null default now())`);
    await client.query("alter table schema_migrations add column if not exists works_with integer");
    refuseNewer(await findNewer(client, migrations));
    const { rows } = await client.query<{ number: number }>("select number from schema_migrations");
    const applied = new Set(rows.map((row) => row.number));
    for (const migration of migrations) {
      if (applied.has(migration.number)) continue;
      await client.query(migration.sql);
      await client.query("insert into schema_migrations (number, name, works_with) values ($1, $2, $3)", [
        migration.number,
        migration.name,
        migration.worksWith,
      ]);
    }
  });
}

/** SCHEMA_NEWER when another coordinator has migrated the database past what this version may run beside. */
export async function checkSchema(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  try {
    refuseNewer(await findNewer(database.control, migrations));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

interface NewerMigration {
  readonly number: number;
  readonly name: string;
}

/** Migrations that this version does not know and may not run beside. */
async function findNewer(client: Pick<Client, "query">, migrations: readonly Migration[]): Promise<NewerMigration[]> {
  const newest = migrations.at(-1)?.number ?? 0;
  const { rows } = await client.query<NewerMigration>(
    `select number, name from schema_migrations
      where number <> all($1::int[]) and coalesce(works_with, number) > $2 order by number`,
    [migrations.map((migration) => migration.number), newest],
  );
  return rows;
}

function refuseNewer(newer: readonly NewerMigration[]): void {
  const last = newer.at(-1);
  if (last === undefined) return;
  const names = newer.map((row) => `${row.number} ${row.name}`).join(", ");
  throw new AppError("SCHEMA_NEWER", `The database has migrations that this version cannot work with: ${names}.`, {
    context: { newest: last.number },
  });
}
