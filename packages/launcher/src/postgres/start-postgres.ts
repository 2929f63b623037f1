import { AppError } from "@sluice/contracts";
import { closeSync, existsSync, rmSync } from "node:fs";
import { chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dataDirFault } from "../data-dir/data-dir-fault.ts";
import type { DataDirLayout } from "../data-dir/data-dir-layout.ts";
import { prepareDataDir } from "../data-dir/prepare-data-dir.ts";
import { exitOfStranger } from "../processes/exit-of-stranger.ts";
import { openLog } from "../processes/open-log.ts";
import { processIdentity } from "../processes/process-facts.ts";
import { waitForExit } from "../processes/wait-for-exit.ts";
import { watchParent } from "../processes/watch-parent.ts";
import { becomesReady, saysDiskFull } from "./becomes-ready.ts";
import { endPostgres } from "./end-postgres.ts";
import { findPostgres } from "./find-postgres.ts";
import { freePort } from "./free-port.ts";
import { initializeDatabase, isInitialized, makePassword, syncDatabase } from "./initialize-database.ts";
import { type PostgresBinaries, postgresBinaries } from "./postgres-binaries.ts";
import { POSTGRES_ENVIRONMENT } from "./postgres-environment.ts";
import { postgresUrl, removePostgresRecord, writePostgresRecord } from "./postgres-record.ts";
import {
  hostAccessFile,
  type PostgresSettings,
  postgresSettings,
  settingsFile,
  USER_SETTINGS_FILE,
} from "./postgres-settings.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { checkReach, grantAccess, type RunAs, runAs } from "./run-as.ts";

export interface StartPostgresOptions {
  dataDir: string;
  /** true: it ends when this process does, however that happens. false: it stays until `stopPostgres`. */
  exitWithParent: boolean;
  /** Listen here instead of on a port of our choice; PORT_IN_USE when it is taken. */
  port?: number;
  /** On top of `postgresSettings`. */
  settings?: PostgresSettings;
  /** Where it listens for the hosts of a network, besides loopback; both as addresses, `clients` as a CIDR. */
  network?: { readonly address: string; readonly clients: string };
  /** Put before the command, as in `StartPartOptions`. */
  commandPrefix?: readonly string[];
  /** Called with the address as soon as it is fixed, before anything listens there; again when it had to change. */
  onAddress?: (databaseUrl: string) => void;
  /** A recovery after a crash takes up to about 10 s; a busy machine needs more. */
  timeoutMs?: number;
  /** Gives up the start; the server is ended. */
  signal?: AbortSignal;
}

export interface RunningPostgres {
  /** `postgres://user:password@127.0.0.1:port/postgres`. */
  readonly databaseUrl: string;
  readonly pid: number;
  readonly port: number;
  /** It had been started with `db start`: shared, and left running by `stop`. */
  readonly reused: boolean;
  /** Settles when it has ended, whether asked to or not. */
  readonly exited: Promise<void>;
  /** Fast shutdown, bounded at 16 s. Leaves a reused one alone. */
  stop(): Promise<void>;
}

/** Failed starts that are worth another try at once: a port that was taken meanwhile, remains of a killed server. */
const MAX_TRIES = 100;
const RETRY_AFTER_MS = 100;
const START_TIMEOUT_MS = 120_000;
/** PostgreSQL's fast shutdown, then its immediate one, which costs a recovery at the next start. */
const WATCH_SIGNALS = { first: "INT", last: "QUIT" } as const;

/**
 * Starts the PostgreSQL of a data directory and waits until it takes connections, making the database first when there
 * is none. Repairs what a killed predecessor left. The caller should hold the directory's run lock (`openDataDir`).
 * Throws DATA_DIR_UNUSABLE, DATA_DIR_IN_USE, DISK_FULL, PORT_IN_USE or START_FAILED (with the tail of its log).
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  options.signal?.throwIfAborted();
  const layout = await prepareDataDir(options.dataDir);
  try {
    const shared = await settlePredecessor(layout);
    if (shared !== null) {
      options.onAddress?.(shared.databaseUrl);
      return shared;
    }
    const binaries = postgresBinaries();
    const as = runAs(layout.path);
    grantAccess(as, layout.path, []);
    checkReach(as, [binaries.postgres, layout.path]);
    const fresh = !isInitialized(layout);
    if (fresh) await makePassword(layout, as);
    const port = options.port ?? freePort();
    options.onAddress?.(await postgresUrl(layout, port));
    if (fresh) await initializeDatabase(layout, binaries, as);
    const durable = (options.settings?.["fsync"] ?? "on") === "on";
    const synced = fresh && durable ? syncDatabase(layout, binaries, as) : Promise.resolve();
    const running = await launch(layout, binaries, as, port, options);
    return { ...running, stop: () => Promise.all([running.stop(), synced]).then(() => undefined) };
  } catch (error) {
    throw options.signal?.aborted === true ? options.signal.reason : dataDirFault(layout.path, error);
  }
}

/** A killed owner has lost its run lock a moment before it is gone. */
const OWNER_GRACE_MS = 1_000;

/** Makes room for a new server, or returns the one that is there to be shared. */
async function settlePredecessor(layout: DataDirLayout): Promise<RunningPostgres | null> {
  let found = await findPostgres(layout);
  const deadline = performance.now() + OWNER_GRACE_MS;
  while (found.kind === "owned" && found.ownerPid !== process.pid && performance.now() < deadline) {
    await Bun.sleep(20);
    found = await findPostgres(layout);
  }
  switch (found.kind) {
    case "none":
      return null;
    case "stranger":
      // The id in the file belongs to another program by now; PostgreSQL would take that for a server and give up.
      rmSync(join(layout.postgres, "postmaster.pid"), { force: true });
      return null;
    case "owned":
      throw new AppError(
        "DATA_DIR_IN_USE",
        `PostgreSQL of ${layout.path} belongs to process ${found.ownerPid}, which is running`,
        { context: { dataDir: layout.path, pid: found.ownerPid } },
      );
    case "orphan":
      // Its watcher is at work; where that was killed too, we do it.
      if (!(await waitForExit(found.pid, 2_000))) await endPostgres(found.pid);
      return null;
    case "detached": {
      for (let waitedMs = 0; !found.ready && waitedMs < 10_000; waitedMs += 20) {
        if (readPostmasterFile(layout.postgres)?.status === "ready") break;
        await Bun.sleep(20);
      }
      const { pid, port } = found;
      const databaseUrl = await postgresUrl(layout, port);
      return { databaseUrl, pid, port, reused: true, exited: exitOfStranger(pid), stop: async () => {} };
    }
  }
}

async function launch(
  layout: DataDirLayout,
  binaries: PostgresBinaries,
  as: RunAs,
  firstPort: number,
  options: StartPostgresOptions,
): Promise<RunningPostgres> {
  let port = firstPort;
  for (let tries = 1; ; tries += 1) {
    const databaseUrl = await postgresUrl(layout, port);
    await writeSettings(layout, as, port, options);
    const log = openLog(join(layout.logs, "postgres.log"));
    const server = spawnServer(layout, binaries, as, { logFd: log.fd, commandPrefix: options.commandPrefix ?? [] });
    closeSync(log.fd);
    const watch = options.exitWithParent ? watchParent(server.pid, WATCH_SIGNALS) : null;
    const stop = async () => {
      await endPostgres(server.pid);
      await watch?.release();
      await removePostgresRecord(layout);
    };
    try {
      await writePostgresRecord(layout, {
        pid: server.pid,
        port,
        mode: options.exitWithParent ? "run" : "detached",
        startedBy: processIdentity(process.pid) ?? String(process.pid),
        startedAt: new Date().toISOString(),
      });
      const { timeoutMs = START_TIMEOUT_MS, signal } = options;
      if (await becomesReady({ postgresDir: layout.postgres, server, log, timeoutMs, signal })) {
        const exited = server.exited.then(() => undefined);
        return { databaseUrl, pid: server.pid, port, reused: false, exited, stop };
      }
    } catch (error) {
      await stop();
      throw error;
    }
    await stop();
    const complaint = log.tail(20);
    const fault = startFault(layout, complaint, log.path, port);
    const otherPort = fault.code === "PORT_IN_USE" && options.port === undefined;
    if (!(otherPort || isPassing(complaint)) || tries >= MAX_TRIES) throw fault;
    await Bun.sleep(RETRY_AFTER_MS);
    if (otherPort) {
      port = freePort();
      options.onAddress?.(await postgresUrl(layout, port));
    }
  }
}

async function writeSettings(
  layout: DataDirLayout,
  as: RunAs,
  port: number,
  { network, settings }: StartPostgresOptions,
): Promise<void> {
  const ours = postgresSettings(port, network === undefined ? [] : [network.address]);
  const files = {
    "postgresql.conf": settingsFile({ ...ours, ...settings }, existsSync(join(layout.postgres, USER_SETTINGS_FILE))),
    "pg_hba.conf": hostAccessFile(network === undefined ? [] : [network.clients]),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(layout.postgres, name);
    await writeFile(path, text, { mode: 0o600 });
    if (as.user !== null) await chown(path, as.user.uid, as.user.gid);
  }
}

function spawnServer(
  layout: DataDirLayout,
  binaries: PostgresBinaries,
  as: RunAs,
  { logFd, commandPrefix }: { logFd: number; commandPrefix: readonly string[] },
) {
  const server = Bun.spawn([...commandPrefix, ...as.prefix, binaries.postgres, "-D", layout.postgres], {
    stdin: "ignore",
    stdout: logFd,
    stderr: logFd,
    env: POSTGRES_ENVIRONMENT,
    cwd: "/",
    // Its own session, so that a Ctrl-C on the terminal does not shut the database before the coordinator has committed.
    detached: true,
    ...as.user,
  });
  server.unref();
  return server;
}

/** Remains of a server that was killed a moment ago: its last processes still hold its memory or its file. */
function isPassing(complaint: string): boolean {
  return /pre-existing shared memory block|lock file "postmaster\.pid" already exists/.test(complaint);
}

function startFault(layout: DataDirLayout, complaint: string, logPath: string, port: number): AppError {
  const lines = complaint.trim().split("\n").slice(-6).join("\n");
  const context = { dataDir: layout.path, log: logPath };
  if (saysDiskFull(complaint)) {
    return new AppError("DISK_FULL", `PostgreSQL found no space left in ${layout.path}:\n${lines}`, { context });
  }
  if (/could not bind IPv4 address.*Address already in use/.test(complaint)) {
    return new AppError("PORT_IN_USE", `port ${port} is taken, PostgreSQL cannot listen there`, { context });
  }
  return new AppError("START_FAILED", `PostgreSQL did not start; its log ${logPath} ends with:\n${lines}`, { context });
}
