import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningPostgres, startPostgres } from "@sluice/launcher";
import { createLogger } from "@sluice/serverkit";
import pg from "pg";
import { connectDatabase } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openShardQueue } from "../../src/queue/shard-queue.ts";

const TEMPLATE = "sluice_template";
let server: Promise<{ postgres: RunningPostgres; folder: string }> | undefined;

export interface TemporaryDatabase extends AsyncDisposable {
  readonly url: string;
  readonly name: string;
}

/** A database of its own for a test, copied from one that is migrated already. The server is one for the process. */
export async function temporaryDatabase(options: { empty?: boolean } = {}): Promise<TemporaryDatabase> {
  server ??= startServer();
  const { postgres } = await server;
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(postgres.databaseUrl, `create database ${name} template ${options.empty === true ? "template0" : TEMPLATE}`);
  return {
    name,
    url: urlOf(postgres.databaseUrl, name),
    [Symbol.asyncDispose]: () => administer(postgres.databaseUrl, `drop database if exists ${name} with (force)`),
  };
}

export async function testPostgres(): Promise<RunningPostgres> {
  server ??= startServer();
  return (await server).postgres;
}

async function startServer(): Promise<{ postgres: RunningPostgres; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-coordinator-test-"));
  const postgres = await startPostgres({ dataDir: folder, exitWithParent: true });
  // The server ends with this process; its folder must not stay behind.
  process.on("exit", () => {
    process.kill(postgres.pid, "SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  });
  await administer(postgres.databaseUrl, `create database ${TEMPLATE}`);
  const logger = createLogger({ name: "test", level: "silent" });
  const database = connectDatabase({ url: urlOf(postgres.databaseUrl, TEMPLATE), poolSize: 2, logger });
  await migrate(database);
  const queue = await openShardQueue(database, logger);
  await queue.stop();
  await database.close();
  return { postgres, folder };
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
