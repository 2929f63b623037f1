import { AppError } from "@sluice/contracts";
import type { Database } from "./database.ts";
import { MIGRATIONS, type Migration } from "./migrations/migrations.ts";

// Any constant of our own: coordinators that start together must take turns.
const MIGRATION_LOCK = 5_186_240_001;

/** Brings the schema up to date. SCHEMA_NEWER when the database knows a migration that this version does not. */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  await database.transaction(async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await client.query(`create table if not exists schema_migrations (
      number integer primary key, name text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number; name: string }>(
      "select number, name from schema_migrations order by number",
    );
    const applied = new Set(rows.map((row) => row.number));
    const known = new Set(migrations.map((migration) => migration.number));
    const unknown = rows.filter((row) => !known.has(row.number));
    if (unknown.length > 0) {
      const names = unknown.map((row) => `${row.number} ${row.name}`).join(", ");
      throw new AppError("SCHEMA_NEWER", `The database has migrations that this version does not know: ${names}.`, {
        context: { newest: Math.max(...unknown.map((row) => row.number)) },
      });
    }
    for (const migration of migrations) {
      if (applied.has(migration.number)) continue;
      await client.query(migration.sql);
      await client.query("insert into schema_migrations (number, name) values ($1, $2)", [
        migration.number,
        migration.name,
      ]);
    }
  });
}
