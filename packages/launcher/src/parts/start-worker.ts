import { appEntry } from "./app-entry.ts";
import type { Environment } from "./part-environment.ts";
import { type RunningPart, startPart, type StartPartOptions } from "./start-part.ts";

export interface StartWorkerOptions {
  /** Addresses of the coordinators it registers with. */
  coordinators: readonly string[];
  /** A token with the role `worker`; undefined: it is in the file that SLUICE_TOKEN_FILE of `environment` names. */
  token: string | undefined;
  /** Extractors side by side; default: the number of cores. */
  workers?: number | undefined;
  host?: string | undefined;
  port?: number | undefined;
  /** The address at which coordinators reach it, when it is not the one it listens on. */
  advertise?: string | undefined;
  insecure?: boolean | undefined;
  /** Folders it may read below. */
  fileRoots?: readonly string[] | undefined;
  /** Another extractor module, for tests. */
  extractor?: string | undefined;
  logLevel?: string | undefined;
  /** Further variables; they win over the options above. */
  environment?: Environment | undefined;
  /** Default: our own stderr. */
  log?: StartPartOptions["log"] | undefined;
  /** See `StartPartOptions`. */
  commandPrefix?: readonly string[] | undefined;
  readyTimeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  appsDir?: string | undefined;
}

/** Starts a worker as a process that ends with this one. Throws what `startPart` throws. */
export async function startWorker(options: StartWorkerOptions): Promise<RunningPart> {
  return await startPart({
    name: "worker",
    entry: appEntry("worker", "main.ts", options.appsDir),
    log: options.log ?? "inherit",
    commandPrefix: options.commandPrefix,
    readyTimeoutMs: options.readyTimeoutMs,
    signal: options.signal,
    environment: {
      SLUICE_COORDINATORS: options.coordinators.join(","),
      SLUICE_TOKEN: options.token,
      SLUICE_WORKERS: options.workers === undefined ? undefined : String(options.workers),
      SLUICE_HOST: options.host,
      SLUICE_PORT: String(options.port ?? 0),
      SLUICE_ADVERTISE: options.advertise,
      SLUICE_INSECURE: options.insecure === true ? "1" : undefined,
      SLUICE_FILE_ROOTS: options.fileRoots?.join(":"),
      SLUICE_EXTRACTOR: options.extractor,
      SLUICE_LOG_LEVEL: options.logLevel,
      ...options.environment,
    },
  });
}
