/** The environment and the file of settings as the CLI reads them, once: no other file looks at them. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { AppError, MOST_COMMIT_DOCUMENTS, MOST_CONCURRENT, passwordLines } from "@sluice/contracts";
import { z } from "zod";
import { type ConfigFile, readConfigFile } from "./config-file.ts";

const flag = z.enum(["true", "false", "1", "0", ""]).transform((value) => value === "true" || value === "1");
/** An empty variable is an unset one, as people write `DATABASE_URL= sluice …`. */
const text = z.string().transform((value) => (value === "" ? undefined : value));

const environmentSchema = z.object({
  SLUICE_DATA_DIR: text.optional(),
  SLUICE_CONFIG: text.optional(),
  HOME: text.optional(),
  XDG_DATA_HOME: text.optional(),
  XDG_CONFIG_HOME: text.optional(),
  XDG_STATE_HOME: text.optional(),
  DATABASE_URL: text.optional(),
  SLUICE_SERVER: text.optional(),
  SLUICE_TOKEN: text.optional(),
  SLUICE_TOKEN_FILE: text.optional(),
  SLUICE_PASSWORD: text.optional(),
  SLUICE_WORKERS: z.coerce.number().int().min(1).max(1_024).optional(),
  SLUICE_MAX_DOCUMENT_BYTES: z.coerce.number().int().min(1).optional(),
  SLUICE_MAX_CONCURRENT: z.coerce.number().int().min(1).max(MOST_CONCURRENT).optional(),
  SLUICE_COMMIT_DOCUMENTS: z.coerce.number().int().min(1).max(MOST_COMMIT_DOCUMENTS).optional(),
  STORE_FULL_CONTENT: flag.optional(),
  LC_ALL: text.optional(),
  LC_CTYPE: text.optional(),
  LANG: text.optional(),
  NO_COLOR: text.optional(),
  TERM: text.optional(),
});

/** Variables of the parts that `classify` and `up` hand on to them: those that do not say where a part listens. */
const PASSED_TO_PARTS = [
  "SLUICE_LOG_LEVEL",
  "SLUICE_DB_POOL",
  "SLUICE_DB_WAIT_SECONDS",
  "SLUICE_MAX_PENDING_ITEMS",
  "SLUICE_PARQUET_EXPORTS",
  "SLUICE_KEEP_DAYS",
  "SLUICE_BLOBS",
  "SLUICE_MAX_UPLOAD_BYTES",
  "SLUICE_KEEP_UPLOADS_DAYS",
  "SLUICE_UPLOAD_STALL_SECONDS",
  "SLUICE_SEARCH_INDEX",
  "SLUICE_EVENT_DAYS",
  "SLUICE_WEBHOOK_HOSTS",
  "SLUICE_WEBHOOK_TIMEOUT_SECONDS",
  "SLUICE_WEBHOOK_RETRY_SECONDS",
  "SLUICE_QUOTA_REQUESTS_PER_SECOND",
  "SLUICE_QUOTA_STREAMS",
  "SLUICE_QUOTA_OPEN_BATCHES",
  "SLUICE_QUOTA_PENDING_ITEMS",
  "SLUICE_QUOTA_UPLOAD_BYTES_PER_DAY",
  "SLUICE_QUOTA_UNFINISHED_UPLOADS",
  "SLUICE_QUOTA_UNFINISHED_UPLOAD_BYTES",
  "SLUICE_FILE_ROOTS",
  "SLUICE_HTTP_HOSTS",
  "SLUICE_HTTP_PRIVATE_NETWORKS",
  "SLUICE_SOURCE_CA",
  "SLUICE_SOURCE_CA_FILE",
  "SLUICE_S3_ENDPOINT",
  "SLUICE_S3_REGION",
  "SLUICE_S3_BUCKETS",
  "SLUICE_S3_VIRTUAL_HOSTS",
  "SLUICE_S3_ACCESS_KEY_ID",
  "SLUICE_S3_ACCESS_KEY_ID_FILE",
  "SLUICE_S3_SECRET_ACCESS_KEY",
  "SLUICE_S3_SECRET_ACCESS_KEY_FILE",
  "SLUICE_S3_SESSION_TOKEN",
  "SLUICE_S3_SESSION_TOKEN_FILE",
  "SLUICE_SOURCE_RETRY_SECONDS",
  "SLUICE_EXTRACTOR",
  "SLUICE_RECYCLE_DOCUMENTS",
  "SLUICE_RECYCLE_RSS_MB",
  "SLUICE_MODEL_DIR",
  "OLLAMA_HOST",
  "OLLAMA_MODEL",
  "SLUICE_LLM_URL",
  "SLUICE_LLM_MODEL",
  "SLUICE_LLM_API_KEY",
  "SLUICE_LLM_API_KEY_FILE",
  "SLUICE_LLM_NUM_CTX",
  "SLUICE_LLM_TIMEOUT_SECONDS",
  "SLUICE_LLM_MAX_CONCURRENT",
  "SLUICE_LLM_REASONS",
  "SLUICE_LLM_PRICE_INPUT",
  "SLUICE_LLM_PRICE_OUTPUT",
  "SLUICE_DRAIN_SECONDS",
  "SLUICE_METRICS_TOKEN",
  "SLUICE_METRICS_TOKEN_FILE",
  // Authorities beside those that Bun knows, for every connection that a part makes.
  "NODE_EXTRA_CA_CERTS",
] as const;

/** Those that make sense only where one part is run alone; a flag wins over them. */
const PASSED_TO_ONE_PART = [
  "SLUICE_HOST",
  "SLUICE_PORT",
  "SLUICE_ADVERTISE",
  "SLUICE_INSECURE",
  "SLUICE_TLS_CERT",
  "SLUICE_TLS_KEY",
  "SLUICE_CORS_ORIGINS",
  "SLUICE_WORKER_ADDRESSES",
  "SLUICE_BOOTSTRAP_TOKENS",
  "SLUICE_BOOTSTRAP_TOKENS_FILE",
  "DATABASE_PASSWORD",
  "DATABASE_PASSWORD_FILE",
  // The part reads it: a token that is in a file is kept out of environments.
  "SLUICE_TOKEN_FILE",
  "SLUICE_SPOOL_DIR",
] as const;

/** Environment variables by name, for another process. */
export type PartVariables = Readonly<Record<string, string>>;

export interface Config {
  /** Where the embedded PostgreSQL and the logs live when no flag says otherwise. */
  readonly dataDir: string;
  /** What one run leaves for the next: submissions that broke off. */
  readonly stateDir: string;
  readonly databaseUrl: string | undefined;
  readonly server: string | undefined;
  readonly token: string | undefined;
  /** Names a file with the token; read when it is needed. */
  readonly tokenFile: string | undefined;
  /** From the file of settings: for its own server, and for no other. */
  readonly saved: Pick<ConfigFile, "server" | "token" | "tokenFile">;
  /** For encrypted documents; one a line of SLUICE_PASSWORD. */
  readonly passwords: readonly string[];
  readonly workers: number | undefined;
  readonly maxDocumentBytes: number | undefined;
  readonly maxConcurrent: number | undefined;
  readonly commitDocuments: number | undefined;
  readonly storeFullContent: boolean | undefined;
  /** For the parts of a cluster. */
  readonly partVariables: PartVariables;
  /** For a part that is run alone, on top of `partVariables`. */
  readonly onePartVariables: PartVariables;
  /** The terminal wants colours, should there be one. */
  readonly colours: boolean;
  /** The terminal can show more than ASCII. */
  readonly unicode: boolean;
}

/**
 * Reads the environment, and behind it the file of settings: `configFile`, or the one that SLUICE_CONFIG names, or the one
 * in the user's configuration folder if there is one. Throws CONFIG_INVALID with every fault, or PATH_NOT_FOUND.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env, configFile?: string): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new AppError("CONFIG_INVALID", faults.join("; "));
  }
  const env = parsed.data;
  const file = settingsOf(env, configFile);
  // The place is settled as a whole: a server of the file must not win over a database of the environment.
  const placed = [env.SLUICE_SERVER, env.DATABASE_URL, env.SLUICE_DATA_DIR].some((value) => value !== undefined);
  const place = placed
    ? { server: env.SLUICE_SERVER, databaseUrl: env.DATABASE_URL, dataDir: env.SLUICE_DATA_DIR }
    : { server: file.server, databaseUrl: file.databaseUrl, dataDir: file.dataDir };
  const locale = env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? "";
  return {
    dataDir: resolve(place.dataDir ?? join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "sluice")),
    stateDir: resolve(env.XDG_STATE_HOME ?? join(env.HOME ?? homedir(), ".local", "state"), "sluice"),
    databaseUrl: place.databaseUrl,
    server: place.server,
    token: env.SLUICE_TOKEN,
    tokenFile: env.SLUICE_TOKEN_FILE,
    saved: file,
    passwords: passwordLines(env.SLUICE_PASSWORD ?? ""),
    workers: env.SLUICE_WORKERS ?? file.workers,
    maxDocumentBytes: env.SLUICE_MAX_DOCUMENT_BYTES ?? file.maxDocumentBytes,
    maxConcurrent: env.SLUICE_MAX_CONCURRENT ?? file.maxConcurrent,
    commitDocuments: env.SLUICE_COMMIT_DOCUMENTS ?? file.commitDocuments,
    storeFullContent: env.STORE_FULL_CONTENT ?? file.storeFullContent,
    partVariables: pick(environment, PASSED_TO_PARTS),
    onePartVariables: pick(environment, PASSED_TO_ONE_PART),
    colours: env.NO_COLOR === undefined && env.TERM !== "dumb",
    // "C" and "POSIX" are the locales that promise ASCII only; no locale at all is common in containers that can do more.
    unicode: !/^(C|POSIX)$/.test(locale),
  };
}

function settingsOf(env: z.infer<typeof environmentSchema>, named: string | undefined): ConfigFile {
  const asked = named ?? env.SLUICE_CONFIG;
  if (asked !== undefined) return readConfigFile(resolve(asked), true);
  const home = env.XDG_CONFIG_HOME ?? (env.HOME === undefined ? undefined : join(env.HOME, ".config"));
  return home === undefined ? {} : readConfigFile(resolve(home, "sluice", "config.yaml"), false);
}

function pick(environment: Record<string, string | undefined>, names: readonly string[]): PartVariables {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined && value !== "") picked[name] = value;
  }
  return picked;
}
