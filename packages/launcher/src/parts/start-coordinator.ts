import { appEntry } from "./app-entry.ts";
import type { Environment } from "./part-environment.ts";
import { type RunningPart, startPart, type StartPartOptions } from "./start-part.ts";

export interface StartCoordinatorOptions {
  databaseUrl: string;
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 0: a free one. */
  port?: number | undefined;
  /** Plain HTTP beyond loopback, because a proxy does TLS. */
  insecure?: boolean | undefined;
  /** Valid as long as it runs, and stored nowhere. Absent: the ones of its database; at first start it makes and shows some. */
  tokens?: { admin: string; worker: string; submit?: string } | undefined;
  /** CIDRs and hosts that workers may announce; default loopback only. */
  workerAddresses?: string | undefined;
  spoolDir?: string | undefined;
  /** Where uploads are kept: an absolute path, or `s3://bucket/prefix`. Absent: nothing can be uploaded. */
  blobs?: string | undefined;
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

/** Starts a coordinator as a process that ends with this one. Throws what `startPart` throws. */
export async function startCoordinator(options: StartCoordinatorOptions): Promise<RunningPart> {
  const { tokens } = options;
  return await startPart({
    name: "coordinator",
    entry: appEntry("coordinator", "main.ts", options.appsDir),
    log: options.log ?? "inherit",
    commandPrefix: options.commandPrefix,
    readyTimeoutMs: options.readyTimeoutMs,
    signal: options.signal,
    environment: {
      DATABASE_URL: options.databaseUrl,
      SLUICE_HOST: options.host,
      SLUICE_PORT: String(options.port ?? 0),
      SLUICE_INSECURE: options.insecure === true ? "1" : undefined,
      SLUICE_BOOTSTRAP_TOKENS:
        tokens === undefined
          ? undefined
          : Object.entries(tokens)
              .map(([role, token]) => `${role}:${token}`)
              .join(","),
      SLUICE_WORKER_ADDRESSES: options.workerAddresses,
      SLUICE_SPOOL_DIR: options.spoolDir,
      SLUICE_BLOBS: options.blobs,
      SLUICE_LOG_LEVEL: options.logLevel,
      ...options.environment,
    },
  });
}
