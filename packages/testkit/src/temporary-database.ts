import { Client } from "pg";
import { testPostgres } from "./test-postgres.ts";
import { waitUntil } from "./wait-until.ts";

export interface TemporaryDatabase extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly name: string;
  /** Runs one statement and returns its rows. */
  query<Row extends Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export interface TemporaryDatabaseOptions {
  /**
   * Fills the template that the database is copied from (runs migrations, say): once in the life of the test process for
   * each function.
   */
  prepare?: (databaseUrl: string) => Promise<void>;
}

/** A database whose connections are still open this long after its scope ended has been leaked. */
const GRACE_MS = 3_000;

const templates = new Map<(databaseUrl: string) => Promise<void>, Promise<string>>();
let admin: Promise<Client> | undefined;

/**
 * A database of its own for one test, on the one PostgreSQL of the test process. It goes with its scope (`await using`),
 * and fails the test when somebody still holds a connection then.
 */
export async function temporaryDatabase(options: TemporaryDatabaseOptions = {}): Promise<TemporaryDatabase> {
  const template = options.prepare === undefined ? "template0" : await templateFor(options.prepare);
  const name = randomName();
  await create(name, template);
  const databaseUrl = await urlOf(name);
  return {
    databaseUrl,
    name,
    async query<Row extends Record<string, unknown>>(sql: string, values: unknown[] = []) {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    [Symbol.asyncDispose]: () => drop(name),
  };
}

async function templateFor(prepare: (databaseUrl: string) => Promise<void>): Promise<string> {
  let template = templates.get(prepare);
  if (template === undefined) {
    template = makeTemplate(prepare);
    templates.set(prepare, template);
  }
  return await template;
}

async function makeTemplate(prepare: (databaseUrl: string) => Promise<void>): Promise<string> {
  const name = `${randomName()}_template`;
  await create(name, "template0");
  await prepare(await urlOf(name));
  // PostgreSQL copies only templates that nobody is connected to.
  await waitUntil(`connections to the template are closed`, async () => (await connections(name)).length === 0);
  return name;
}

async function create(name: string, template: string): Promise<void> {
  const client = await adminClient();
  await client.query(`create database ${name} template ${template} strategy file_copy`);
}

async function drop(name: string): Promise<void> {
  const client = await adminClient();
  let left: string[] = [];
  try {
    await waitUntil(
      "nobody is connected",
      async () => {
        left = await connections(name);
        return left.length === 0;
      },
      { timeoutMs: GRACE_MS },
    );
  } catch {
    // Told below, after the database is gone.
  }
  await client.query(`drop database if exists ${name} with (force)`);
  if (left.length > 0)
    throw new Error(`${left.length} connections to the test's database were left open: ${left.join("; ")}`);
}

async function connections(name: string): Promise<string[]> {
  const client = await adminClient();
  const found = await client.query<{ what: string }>(
    `select coalesce(application_name, '') || ' ' || left(query, 80) as what from pg_stat_activity
     where datname = $1 and backend_type = 'client backend'`,
    [name],
  );
  return found.rows.map((row) => row.what);
}

async function adminClient(): Promise<Client> {
  admin ??= (async () => {
    const client = new Client({ connectionString: (await testPostgres()).databaseUrl, application_name: "testkit" });
    // It is killed with the process; what the connection says then interests nobody.
    client.on("error", () => {});
    await client.connect();
    return client;
  })();
  return await admin;
}

async function urlOf(name: string): Promise<string> {
  const url = new URL((await testPostgres()).databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function randomName(): string {
  return `test_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
}
