import { AppError } from "@sluice/contracts";
import { join } from "node:path";
import type { DataDir } from "../data-dir/open-data-dir.ts";
import { startCoordinator } from "../parts/start-coordinator.ts";
import type { RunningPart } from "../parts/start-part.ts";
import { startWorker } from "../parts/start-worker.ts";
import { freePort } from "../postgres/free-port.ts";
import { type RunningPostgres, startPostgres } from "../postgres/start-postgres.ts";
import { type Kept, keepRunning } from "./keep-running.ts";
import type { ClusterPart, StartClusterOptions } from "./start-cluster.ts";
import { startTogether } from "./start-together.ts";

export interface ClusterParts {
  url: string;
  databaseUrl: string;
  adminToken: string;
  workerToken: string;
  postgres: Kept<RunningPostgres> | null;
  coordinator: Kept<RunningPart>;
  worker: Kept<RunningPart> | null;
  failure: Promise<AppError>;
  stop: () => Promise<void>;
}

/** Deaths within a minute. A document that kills its worker does so five times before it is known for it. */
const MAX_RESTARTS: Record<ClusterPart, number> = { postgres: 5, coordinator: 5, worker: 60 };

/** A port that was free a moment ago is taken now and then. */
const MAX_PORT_TRIES = 5;

/** Starts the processes of a cluster side by side and keeps them running. */
export async function startParts(
  options: StartClusterOptions,
  dataDir: DataDir | null,
  logDir: string,
): Promise<ClusterParts> {
  const plan = new StartPlan(options, dataDir, logDir);
  const [postgres, coordinator, worker] = await plan.startAll();
  const failure = Promise.withResolvers<AppError>();
  const keep = <R extends RunningPostgres | RunningPart>(name: ClusterPart, first: R, restart: () => Promise<R>) =>
    keepRunning({
      name,
      first,
      maxRestarts: MAX_RESTARTS[name],
      restart: options.restart === false ? () => Promise.reject(diedAlone(name, logDir)) : restart,
      onRestarted: () => options.onRestarted?.(name),
      onGivenUp: failure.resolve,
    });
  const kept = {
    postgres: postgres === null ? null : keep("postgres", postgres, () => plan.restartPostgres(postgres.port)),
    coordinator: keep("coordinator", coordinator, () => plan.startCoordinator()),
    worker: worker === null ? null : keep("worker", worker, () => plan.startWorker()),
  };
  return {
    ...kept,
    url: coordinator.url,
    databaseUrl: plan.databaseUrl,
    adminToken: plan.adminToken,
    workerToken: plan.workerToken,
    failure: failure.promise,
    async stop() {
      await kept.worker?.stop();
      await kept.coordinator.stop();
      await kept.postgres?.stop();
    },
  };
}

/** What every start of a part has to know: chosen once, so that a part that is started again fits to the others. */
class StartPlan {
  readonly adminToken = randomToken();
  readonly workerToken = randomToken();
  readonly #options: StartClusterOptions;
  readonly #dataDir: DataDir | null;
  readonly #logDir: string;
  #databaseUrl: string | null;
  #addressChanged = new AbortController();
  #addressKnown = Promise.withResolvers<void>();
  /** Under way now. */
  #databaseStart: Promise<RunningPostgres> | null = null;
  #port = 0;

  constructor(options: StartClusterOptions, dataDir: DataDir | null, logDir: string) {
    this.#options = options;
    this.#dataDir = dataDir;
    this.#logDir = logDir;
    this.#databaseUrl = options.databaseUrl ?? null;
  }

  get databaseUrl(): string {
    if (this.#databaseUrl === null) throw new Error("the database's address is not known yet");
    return this.#databaseUrl;
  }

  async startAll() {
    const { dataDir, port = 0, workers, signal } = { ...this.#options, dataDir: this.#dataDir };
    for (let tries = 1; ; tries += 1) {
      this.#port = port === 0 ? freePort() : port;
      try {
        return await startTogether(
          [
            async (stop: AbortSignal) => (dataDir === null ? null : await this.#startPostgres(dataDir, stop)),
            (stop: AbortSignal) => this.#startCoordinatorOnceAddressed(stop),
            async (stop: AbortSignal) => (workers === 0 ? null : await this.startWorker(stop)),
          ],
          signal,
        );
      } catch (error) {
        const taken =
          error instanceof AppError && error.code === "PORT_IN_USE" && error.context["part"] === "coordinator";
        if (!taken || port !== 0 || tries >= MAX_PORT_TRIES) throw error;
      }
    }
  }

  async #startPostgres(dataDir: DataDir, signal: AbortSignal): Promise<RunningPostgres> {
    return await this.#awaited(
      startPostgres({
        dataDir: dataDir.path,
        exitWithParent: true,
        signal,
        ...(this.#options.postgresSettings === undefined ? {} : { settings: this.#options.postgresSettings }),
        onAddress: (databaseUrl) => {
          if (databaseUrl === this.#databaseUrl) return;
          this.#databaseUrl = databaseUrl;
          this.#addressChanged.abort(new Error("the database moved to another port"));
          this.#addressChanged = new AbortController();
          this.#addressKnown.resolve();
        },
      }),
    );
  }

  /** At the address that coordinators know. */
  async restartPostgres(port: number): Promise<RunningPostgres> {
    if (this.#dataDir === null) throw new Error("this cluster has no PostgreSQL of its own");
    return await this.#awaited(
      startPostgres({
        dataDir: this.#dataDir.path,
        exitWithParent: true,
        port,
        ...(this.#options.postgresSettings === undefined ? {} : { settings: this.#options.postgresSettings }),
      }),
    );
  }

  async #awaited(start: Promise<RunningPostgres>): Promise<RunningPostgres> {
    this.#databaseStart = start;
    try {
      return await start;
    } finally {
      if (this.#databaseStart === start) this.#databaseStart = null;
    }
  }

  async #startCoordinatorOnceAddressed(signal: AbortSignal): Promise<RunningPart> {
    if (this.#databaseUrl === null) await Promise.race([this.#addressKnown.promise, whenAborted(signal)]);
    for (;;) {
      const changed = this.#addressChanged.signal;
      try {
        return await this.startCoordinator(AbortSignal.any([signal, changed]));
      } catch (error) {
        if (signal.aborted || !changed.aborted) throw error;
      }
    }
  }

  /** Its patience with the database is not the last word while that is starting, or recovering from a crash. */
  async startCoordinator(signal?: AbortSignal): Promise<RunningPart> {
    for (;;) {
      try {
        return await this.#startCoordinatorOnce(signal);
      } catch (error) {
        const starting = this.#databaseStart;
        const tooEarly = error instanceof AppError && error.code === "DATABASE_UNAVAILABLE" && starting !== null;
        if (!tooEarly || signal?.aborted === true) throw error;
        await starting;
      }
    }
  }

  async #startCoordinatorOnce(signal?: AbortSignal): Promise<RunningPart> {
    const { host, insecure, workerAddresses, logLevel, readyTimeoutMs, appsDir } = this.#options;
    return await startCoordinator({
      databaseUrl: this.databaseUrl,
      port: this.#port,
      tokens: { admin: this.adminToken, worker: this.workerToken },
      spoolDir: this.#dataDir?.layout.spool,
      blobs: this.#dataDir?.layout.blobs,
      environment: this.#options.coordinatorEnvironment,
      log: { file: join(this.#logDir, "coordinator.log") },
      host,
      insecure,
      workerAddresses,
      logLevel,
      readyTimeoutMs,
      signal,
      appsDir,
    });
  }

  async startWorker(signal?: AbortSignal): Promise<RunningPart> {
    const { host, workers, fileRoots, extractor, logLevel, readyTimeoutMs, appsDir } = this.#options;
    return await startWorker({
      coordinators: [`http://${loopbackOf(host)}:${this.#port}`],
      token: this.workerToken,
      environment: this.#options.workerEnvironment,
      log: { file: join(this.#logDir, "worker.log") },
      workers,
      fileRoots,
      extractor,
      logLevel,
      readyTimeoutMs,
      signal,
      appsDir,
    });
  }
}

/** Where a process on this machine reaches a server that listens on `host`. */
function loopbackOf(host: string | undefined): string {
  if (host === undefined || host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function diedAlone(name: ClusterPart, logDir: string): AppError {
  return new AppError("START_FAILED", `the ${name} ended unasked; see ${join(logDir, `${name}.log`)}`);
}

function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(24))).toString("base64url");
}
