/**
 * Two drivers, each where it is sound. `pg` runs every transaction (commit, intake, migrations, the queue): it reports
 * every error of a COPY and survives a server that goes away under a transaction. `postgres` (postgres.js) runs single
 * reads, where its pipelining and its tagged queries are the pleasanter tool. apps/coordinator/DESIGN.md has the reasons.
 */
import type { Logger } from "@sluice/serverkit";
import { Pool, type PoolClient, type PoolConfig, types } from "pg";
import postgres from "postgres";
import { translateDatabaseError } from "./database-error.ts";

export type Client = PoolClient;
export type Sql = ReturnType<typeof openReads>;

export interface Database {
  readonly pool: Pool;
  /**
   * A few connections for the queue, leases and readiness. Commits and intake may all wait for a lock or a slow disk; what
   * keeps their work from being given to somebody else must not wait behind them.
   */
  readonly control: Pool;
  readonly sql: Sql;
  /**
   * For single rows by their key that every call waits for, such as its token's, and that hundreds ask for, such as a batch's status: what
   * takes a millisecond must not stand behind a search or an export that takes a hundred.
   */
  readonly quick: Sql;
  /** For reads that last as long as somebody takes them: they keep nobody else from a connection. See `readSteadily`. */
  readonly streams: Pool;
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. Errors are translated. */
  transaction<Result>(work: (client: Client) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const INT8_OID = 20;
// A coordinator that is frozen in a transaction holds locks, that of the queue's supervision among them, and nobody can end its
// leases: the server ends it when they would have run out. One that is merely slow tries again.
const IDLE_IN_TRANSACTION_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const READ_CONNECTIONS = 4;
const QUICK_CONNECTIONS = 2;
// A server that is lost without a word, with its host or behind a cut, leaves connections that wait for an answer for ever:
// they are asked for a sign of life after this long, where systems would wait for hours.
const KEEP_ALIVE_MS = 5_000;
// The same from the server's side: a coordinator whose host is lost in the middle of a COPY would leave its locks held for a
// quarter of an hour, and with them its shard, a cancel of its batch, and everybody who has the same bytes.
const SERVER_SIDE = {
  tcp_keepalives_idle: 5,
  tcp_keepalives_interval: 2,
  tcp_keepalives_count: 3,
  // Milliseconds. Bytes that nobody has acknowledged; where a system does not know it, the server says so in its log.
  tcp_user_timeout: 11_000,
};
const CONTROL_CONNECTIONS = 3;
// What is done for every shard is planned once a connection, perhaps while tables are all but empty: a plan that reads whole
// tables would be kept while they grow. Before PostgreSQL 18 what is switched off counts as dear enough to be compiled first.
const PLANNING = { enable_seqscan: "off", jit: "off" };
const STREAM_CONNECTIONS = 2;
// Who reads slowly is waited for; hashed joins may say nothing until they have read everything.
const STREAMING = { enable_hashjoin: "off", jit: "off" };
const STREAM_IDLE_MS = 60_000;
// A fetch or a renewed lease that a crash of the server forgets is done again. What is stored with the completion of a job is
// committed on the other connections, and with it everything that came before.
const FORGETFUL = { synchronous_commit: "off" };

export function connectDatabase(options: { url: string; poolSize: number; logger: Logger }): Database {
  const { url, poolSize, logger } = options;
  const pool = openPool(url, { size: poolSize, name: "sluice-coordinator", settings: PLANNING, logger });
  const control = openPool(url, {
    size: CONTROL_CONNECTIONS,
    name: "sluice-coordinator-control",
    settings: FORGETFUL,
    logger,
  });
  const streams = openPool(url, {
    size: STREAM_CONNECTIONS,
    name: "sluice-coordinator-stream",
    settings: STREAMING,
    idleInTransactionMs: STREAM_IDLE_MS,
    logger,
  });
  const sql = openReads(url, { size: READ_CONNECTIONS, name: "sluice-coordinator-read" });
  const quick = openReads(url, { size: QUICK_CONNECTIONS, name: "sluice-coordinator-quick" });
  return {
    pool,
    control,
    sql,
    quick,
    streams,
    transaction: (work) => runTransaction(pool, work),
    close: async () => {
      await Promise.allSettled([
        pool.end(),
        control.end(),
        streams.end(),
        sql.end({ timeout: 1 }),
        quick.end({ timeout: 1 }),
      ]);
    },
  };
}

function openPool(
  url: string,
  {
    size,
    name,
    settings,
    idleInTransactionMs = IDLE_IN_TRANSACTION_MS,
    logger,
  }: { size: number; name: string; settings: Record<string, string>; idleInTransactionMs?: number; logger: Logger },
): Pool {
  const pool = new Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    application_name: name,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    options: Object.entries({ ...SERVER_SIDE, ...settings })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    types: typeParsers,
  });
  // An idle connection that breaks is an event, not a failed call; without a listener it would end the process.
  pool.on("error", (error) => logger.warn({ err: error }, "idle database connection lost"));
  // The pool takes its own listener off while a client is in use.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

function openReads(url: string, { size, name }: { size: number; name: string }) {
  return postgres(url, {
    max: size,
    idle_timeout: 60,
    keep_alive: KEEP_ALIVE_MS / 1000,
    connect_timeout: CONNECT_TIMEOUT_MS / 1000,
    // Compiling a plan takes longer than anything that is read here.
    connection: { application_name: name, jit: "off", ...SERVER_SIDE },
    onnotice: () => undefined,
    // Counts and sizes stay far below 2^53.
    types: { bigint: { to: INT8_OID, from: [INT8_OID], parse: (text: string) => Number(text), serialize: String } },
  });
}

const typeParsers: NonNullable<PoolConfig["types"]> = {
  getTypeParser: (oid: number, format?: "text" | "binary") =>
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum only names the built-in types
    oid === INT8_OID ? Number : types.getTypeParser(oid, format),
};

async function runTransaction<Result>(pool: Pool, work: (client: Client) => Promise<Result>): Promise<Result> {
  let client: Client;
  try {
    client = await pool.connect();
  } catch (error) {
    throw translateDatabaseError(error);
  }
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw translateDatabaseError(error);
  }
}

/** A connection that cannot roll back is in an unknown state and is thrown away. */
async function rollBack(client: Client): Promise<void> {
  try {
    await client.query("rollback");
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
