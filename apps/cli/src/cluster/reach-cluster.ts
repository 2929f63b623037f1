import { existsSync } from "node:fs";
import { SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";
import { type ClusterPart, dataDirLayout, startCluster } from "@sluice/launcher";
import type { PartVariables } from "../config.ts";
import { announcingFetch } from "./announcing-fetch.ts";
import type { Place } from "./choose-place.ts";
import { findRunningCluster, recordCluster } from "./running-cluster.ts";
import { whenDiskFull } from "./when-disk-full.ts";

/** A coordinator to talk to, started for this command or running already. Disposing of it stops what was started. */
export interface ReachedCluster extends AsyncDisposable {
  readonly client: SluiceClient;
  /** Started here, so that its worker is about to register; of a server nobody knows. */
  readonly own: boolean;
  /** Rejects when a part that was started here has died for good, or has no space left to store results. */
  readonly failure: Promise<never>;
}

export interface WorkNeeds {
  /** Extractors at a time; undefined: as many as there are cores. */
  readonly workers: number | undefined;
  readonly signal: AbortSignal;
  readonly variables: PartVariables;
  /** A part died and was started again. */
  readonly onRestarted?: (part: ClusterPart) => void;
}

/** How long a command that only reads waits for a data directory that another command is starting or stopping on. */
const WAIT_FOR_DATA_DIR_MS = 10_000;

/** A cluster that can work: all parts on this machine, or the fleet behind a server. */
export async function reachWorkers(place: Place, needs: WorkNeeds): Promise<ReachedCluster> {
  if (place.kind === "server") return reachServer(place.url, place.token);
  const { workers, signal, variables, onRestarted } = needs;
  const started = await startInterruptibly(signal, () =>
    startCluster({ ...home(place, variables), workers, signal, onRestarted }),
  );
  const forget =
    place.kind === "dataDir"
      ? await recordCluster(place.dataDir, started.url, started.adminToken)
      : () => Promise.resolve();
  const ended = new AbortController();
  const failure = Promise.race([rejection(started.failure), whenDiskFull(started.client, ended.signal)]);
  // Whoever works races against it.
  failure.catch(() => {});
  return {
    client: started.client,
    own: true,
    failure,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await forget();
      await started.stop();
    },
  };
}

/** Workers for what is there already: those of the cluster that uses the data directory now, else as `reachWorkers`. */
export async function reachWorkersOf(place: Place, needs: WorkNeeds): Promise<ReachedCluster> {
  if (place.kind === "dataDir") {
    ensureStored(place.dataDir);
    const running = await findRunningCluster(place.dataDir);
    if (running !== null) return borrowed(running);
  }
  return await reachWorkers(place, needs);
}

/**
 * A cluster to read from: the one that uses the data directory now, or a coordinator without a worker; a server that is not there is
 * told soon. `patient`: it may be starting again just now.
 */
export async function reachReader(place: Place, { patient = false } = {}): Promise<ReachedCluster> {
  if (place.kind === "server") {
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    return reachServer(place.url, place.token, announcingFetch(place.url, { say, patient }));
  }
  if (place.kind === "dataDir") ensureStored(place.dataDir);
  const deadline = performance.now() + WAIT_FOR_DATA_DIR_MS;
  for (;;) {
    const running = place.kind === "dataDir" ? await findRunningCluster(place.dataDir) : null;
    if (running !== null) return borrowed(running);
    try {
      const started = await startCluster({ ...home(place, {}), workers: 0 });
      const { client, failure } = started;
      return { client, own: true, failure: rejection(failure), [Symbol.asyncDispose]: () => started.stop() };
    } catch (error) {
      const busy = error instanceof AppError && error.code === "DATA_DIR_IN_USE";
      if (!busy || performance.now() > deadline) throw error;
      await Bun.sleep(100);
    }
  }
}

/** A cluster that runs already: the server, or what uses the data directory now. UNREACHABLE when there is none. */
export async function reachRunning(place: Place): Promise<ReachedCluster> {
  if (place.kind === "server") return reachServer(place.url, place.token);
  const running = place.kind === "dataDir" ? await findRunningCluster(place.dataDir) : null;
  if (running !== null) return borrowed(running);
  throw new AppError(
    "UNREACHABLE",
    place.kind === "dataDir"
      ? `nothing runs on ${place.dataDir}: give --server, start \`up\`, or use \`classify\`, which starts what it needs`
      : "a database takes nothing in by itself: give --server, or use `classify`, which starts what it needs",
  );
}

/** Runs a start; an abortion by a signal is an interruption, whatever the start makes of it. */
export async function startInterruptibly<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    throw signal.aborted ? new AppError("INTERRUPTED", "interrupted while starting") : error;
  }
}

/** A PostgreSQL that somebody else runs is there already or not at all: waiting long for it would only hide the fault. */
const DATABASE_WAIT = { SLUICE_DB_WAIT_SECONDS: "3" };

/** What `startCluster` needs to know of a place, and of the variables that are handed on to the parts. */
export function home(place: Exclude<Place, { kind: "server" }>, variables: PartVariables) {
  if (place.kind === "dataDir") {
    return { dataDir: place.dataDir, coordinatorEnvironment: variables, workerEnvironment: variables };
  }
  const coordinatorEnvironment = { ...DATABASE_WAIT, ...variables };
  return { databaseUrl: place.databaseUrl, coordinatorEnvironment, workerEnvironment: variables };
}

function ensureStored(dataDir: string): void {
  if (existsSync(dataDirLayout(dataDir).marker)) return;
  throw new AppError("NOT_FOUND", `nothing has been stored in ${dataDir} yet; \`classify PATH\` does`);
}

function reachServer(baseUrl: string, token: string, through: typeof fetch = fetch): ReachedCluster {
  return borrowed(new SluiceClient({ baseUrl, token, fetch: through }));
}

function borrowed(client: SluiceClient): ReachedCluster {
  return { client, own: false, failure: new Promise<never>(() => {}), [Symbol.asyncDispose]: () => Promise.resolve() };
}

function rejection(failure: Promise<AppError>): Promise<never> {
  const rejecting = failure.then((error) => Promise.reject(error));
  // Whoever works races against it; a command that does not is ended by its own calls.
  rejecting.catch(() => {});
  return rejecting;
}
