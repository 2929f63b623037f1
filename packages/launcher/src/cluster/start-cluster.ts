import { pause, SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataDir, openDataDir } from "../data-dir/open-data-dir.ts";
import type { Environment } from "../parts/part-environment.ts";
import type { RunningPart } from "../parts/start-part.ts";
import type { PostgresSettings } from "../postgres/postgres-settings.ts";
import { startParts } from "./start-parts.ts";

export type ClusterPart = "postgres" | "coordinator" | "worker";

export interface StartClusterOptions {
  /** Its embedded PostgreSQL, logs and spool. A path is locked here and released by `stop`; a DataDir stays its owner's. */
  dataDir?: string | DataDir | undefined;
  /** A PostgreSQL elsewhere, instead of the embedded one. Logs go to `logDir`, or nowhere that lasts. */
  databaseUrl?: string | undefined;
  logDir?: string | undefined;
  /** Extractors side by side, 0: no worker. Default: the number of cores. */
  workers?: number | undefined;
  /** Where the coordinator listens; default 127.0.0.1 and a free port. */
  host?: string | undefined;
  port?: number | undefined;
  insecure?: boolean | undefined;
  workerAddresses?: string | undefined;
  fileRoots?: readonly string[] | undefined;
  extractor?: string | undefined;
  logLevel?: string | undefined;
  coordinatorEnvironment?: Environment | undefined;
  workerEnvironment?: Environment | undefined;
  /** false: a part that dies stays dead, and `failure` says so at once. */
  restart?: boolean | undefined;
  /** A part died by itself and is back. */
  onRestarted?: ((part: ClusterPart) => void) | undefined;
  signal?: AbortSignal | undefined;
  readyTimeoutMs?: number | undefined;
  postgresSettings?: PostgresSettings | undefined;
  appsDir?: string | undefined;
}

export interface Cluster extends AsyncDisposable {
  /** The coordinator's address. It keeps it through restarts. */
  readonly url: string;
  readonly adminToken: string;
  readonly workerToken: string;
  readonly databaseUrl: string;
  /** With the admin token. */
  readonly client: SluiceClient;
  readonly logDir: string;
  /** What runs now: pids change when a part has died and was started again. */
  readonly coordinator: { readonly pid: number; readonly url: string };
  readonly worker: { readonly pid: number; readonly url: string } | null;
  readonly postgres: { readonly pid: number; readonly reused: boolean } | null;
  /** Resolves when a part died and cannot be brought back: the cluster is of no use any more, and should be stopped. */
  readonly failure: Promise<AppError>;
  /** Stops worker, coordinator and PostgreSQL in this order, each within bounds. The second call waits for the first. */
  stop(): Promise<void>;
}

/** A worker tries every second or so; a minute is for machines that swap. */
const MAX_REGISTRATION_MS = 60_000;
const REGISTRATION_POLL_MS = 10;

/**
 * Starts all parts of Sluice on this machine, side by side: the coordinator waits for its database, and the worker for
 * its coordinator, by themselves. They end with this process, however it ends.
 *
 * Throws what the data directory, PostgreSQL and the parts throw; nothing is left running then.
 */
export async function startCluster(options: StartClusterOptions): Promise<Cluster> {
  if ((options.dataDir === undefined) === (options.databaseUrl === undefined)) {
    throw new AppError("USAGE", "a cluster needs either a data directory or a database URL");
  }
  const release: (() => Promise<void>)[] = [];
  try {
    const dataDir =
      typeof options.dataDir === "string" ? await openDataDir(options.dataDir) : (options.dataDir ?? null);
    if (dataDir !== null && typeof options.dataDir === "string") release.unshift(() => dataDir.close());
    const logDir = options.logDir ?? dataDir?.layout.logs ?? (await mkdtemp(join(tmpdir(), "sluice-logs-")));
    if (options.logDir === undefined && dataDir === null) {
      release.unshift(() => rm(logDir, { recursive: true, force: true }));
    }
    const parts = await startParts(options, dataDir, logDir);
    release.unshift(parts.stop);
    let stopped: Promise<void> | undefined;
    const stop = () => (stopped ??= runInTurn(release));
    const { url, adminToken, workerToken, databaseUrl, failure } = parts;
    const client = new SluiceClient({ baseUrl: url, token: adminToken });
    const { worker } = parts;
    if (worker !== null) await Promise.race([whenRegistered(client, worker.current, options.signal), thrown(failure)]);
    return {
      url,
      adminToken,
      workerToken,
      databaseUrl,
      logDir,
      failure,
      client,
      get coordinator() {
        return parts.coordinator.current();
      },
      get worker() {
        return parts.worker?.current() ?? null;
      },
      get postgres() {
        return parts.postgres?.current() ?? null;
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await runInTurn(release);
    throw error;
  }
}

async function runInTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  for (const step of steps) await step();
}

async function thrown(failure: Promise<AppError>): Promise<never> {
  throw await failure;
}

/**
 * Returns when the coordinator knows the worker: until then it cannot tell which engine a batch would get. The worker is
 * asked for at each look, because one that dies meanwhile comes back at another address.
 */
async function whenRegistered(client: SluiceClient, worker: () => RunningPart, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + MAX_REGISTRATION_MS;
  while (performance.now() < deadline) {
    const workers = await client.listWorkers(signal === undefined ? {} : { signal });
    if (workers.some((row) => row.live && row.address === worker().url)) return;
    await pause(REGISTRATION_POLL_MS, signal);
  }
  throw new AppError(
    "START_FAILED",
    `the worker at ${worker().url} did not register within ${MAX_REGISTRATION_MS / 1000} s`,
    {
      context: { part: "worker" },
    },
  );
}
