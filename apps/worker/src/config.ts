import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { AppError, passwordLines } from "@sluice/contracts";
import { envFlag, isLoopback, LOG_LEVELS, parseEnv, readSecretFiles, tlsFiles } from "@sluice/serverkit";
import { REMOTE_SECRETS, remoteSettings, remoteVariables } from "@sluice/sources/remote";
import { z } from "zod";
import { LLM_SECRETS, llmConfig, llmVariables } from "./classifiers/llm/llm-variables.ts";
import type { PoolOptions } from "./extractors/pool/extractor-pool.ts";

const listOf = (separator: string) =>
  z.string().transform((value) =>
    value
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );

const count = (fallback: number, most: number) => z.coerce.number().int().min(1).max(most).default(fallback);

const envSchema = z.object({
  SLUICE_COORDINATORS: listOf(",").pipe(z.array(z.url({ protocol: /^https?$/ })).min(1)),
  SLUICE_TOKEN: z.string(),
  SLUICE_HOST: z.string().default("127.0.0.1"),
  SLUICE_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SLUICE_ADVERTISE: z.url({ protocol: /^https?$/ }).optional(),
  SLUICE_WORKERS: count(availableParallelism(), 1_024),
  SLUICE_FILE_ROOTS: listOf(":")
    .pipe(z.array(z.string().startsWith("/", "roots are absolute paths")).min(1))
    .optional(),
  ...remoteVariables,
  ...llmVariables,
  SLUICE_MODEL_DIR: z.string().startsWith("/", "an absolute path is needed").optional(),
  SLUICE_EXTRACTOR: z.string().startsWith("/", "an absolute path is needed").optional(),
  SLUICE_RECYCLE_DOCUMENTS: count(10_000, 1_000_000_000),
  SLUICE_RECYCLE_RSS_MB: count(1_024, 1_000_000),
  SLUICE_DRAIN_SECONDS: z.coerce.number().min(0).max(86_400).default(7),
  SLUICE_METRICS_TOKEN: z.string().min(16, "a token of at least 16 characters is needed").optional(),
  SLUICE_INSECURE: envFlag,
  SLUICE_TLS_CERT: z.string().optional(),
  SLUICE_TLS_KEY: z.string().optional(),
  SLUICE_LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
});

type Environment = Readonly<Record<string, string | undefined>>;

export type Config = ReturnType<typeof readConfig>;

/** The worker's configuration. Throws CONFIG_INVALID naming every variable at fault. */
export function readConfig(env: Environment = process.env) {
  const parsed = parseEnv(
    envSchema,
    readSecretFiles(env, ["SLUICE_TOKEN", "SLUICE_METRICS_TOKEN", ...REMOTE_SECRETS, ...LLM_SECRETS]),
  );
  if (parsed.SLUICE_FILE_ROOTS === undefined && !isLoopback(parsed.SLUICE_HOST)) {
    throw new AppError(
      "CONFIG_INVALID",
      `SLUICE_FILE_ROOTS: a worker that listens on ${parsed.SLUICE_HOST} must be told which folders it may read.`,
    );
  }
  return {
    coordinators: parsed.SLUICE_COORDINATORS,
    token: parsed.SLUICE_TOKEN,
    host: parsed.SLUICE_HOST,
    port: parsed.SLUICE_PORT,
    /** Where coordinators reach this worker; null: where it listens. */
    advertise: parsed.SLUICE_ADVERTISE ?? null,
    slots: parsed.SLUICE_WORKERS,
    fileRoots: parsed.SLUICE_FILE_ROOTS ?? ["/"],
    /** How sources on other machines are reached: by default not at all. */
    remote: remoteSettings(parsed),
    /** The LLM that judges what is stored; null: none does here. */
    llm: llmConfig(parsed),
    /** Where trained models are kept that were fetched. */
    modelDir: parsed.SLUICE_MODEL_DIR ?? join(tmpdir(), `sluice-models-${process.getuid?.() ?? 0}`),
    extractor: parsed.SLUICE_EXTRACTOR ?? null,
    recycleDocuments: parsed.SLUICE_RECYCLE_DOCUMENTS,
    recycleRssMb: parsed.SLUICE_RECYCLE_RSS_MB,
    /** How long shards that run may take to end after SIGTERM. */
    drainMs: parsed.SLUICE_DRAIN_SECONDS * 1_000,
    /** Opens `/metrics`; without one of its own it is the token that this worker registers with. */
    metricsToken: parsed.SLUICE_METRICS_TOKEN ?? parsed.SLUICE_TOKEN,
    insecure: parsed.SLUICE_INSECURE,
    tls: tlsFiles(parsed.SLUICE_TLS_CERT, parsed.SLUICE_TLS_KEY),
    logLevel: parsed.SLUICE_LOG_LEVEL,
  };
}

/** What a process that reads one item for a person needs of a worker's configuration. */
export function readReplayConfig(
  env: Environment = process.env,
): Pick<PoolOptions, "extractor" | "fileRoots" | "sources"> {
  const schema = envSchema.pick({ SLUICE_EXTRACTOR: true, SLUICE_FILE_ROOTS: true }).extend(remoteVariables);
  const parsed = parseEnv(schema, readSecretFiles(env, REMOTE_SECRETS));
  const { SLUICE_EXTRACTOR: extractor = null, SLUICE_FILE_ROOTS: fileRoots = ["/"] } = parsed;
  return { extractor, fileRoots, sources: { remote: remoteSettings(parsed), coordinators: [] } };
}

/** Known before the rest, which may be at fault: a start that fails must end with its parent too. */
export function exitsWithParent(env: Environment = process.env): boolean {
  return ["1", "true"].includes(env["SLUICE_EXIT_WITH_PARENT"] ?? "");
}

/** Passwords for the one file of `extract-once.ts`; not an argument, which every user of the machine may see. */
export function oncePasswords(env: Environment = process.env): string[] {
  return passwordLines(env["SLUICE_PASSWORD"] ?? "");
}
