/** The environment as the CLI reads it, once: no other file looks at it. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { AppError, passwordLines } from "@sluice/contracts";
import { z } from "zod";

const flag = z.enum(["true", "false", "1", "0", ""]).transform((value) => value === "true" || value === "1");
/** An empty variable is an unset one, as people write `DATABASE_URL= sluice …`. */
const text = z.string().transform((value) => (value === "" ? undefined : value));

const environmentSchema = z.object({
  SLUICE_DATA_DIR: text.optional(),
  XDG_DATA_HOME: text.optional(),
  DATABASE_URL: text.optional(),
  SLUICE_SERVER: text.optional(),
  SLUICE_TOKEN: text.optional(),
  SLUICE_PASSWORD: text.optional(),
  SLUICE_WORKERS: z.coerce.number().int().min(1).max(1_024).optional(),
  SLUICE_MAX_DOCUMENT_BYTES: z.coerce.number().int().min(1).optional(),
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
  "SLUICE_KEEP_DAYS",
  "SLUICE_FILE_ROOTS",
  "SLUICE_EXTRACTOR",
  "SLUICE_RECYCLE_DOCUMENTS",
  "SLUICE_RECYCLE_RSS_MB",
  "SLUICE_DRAIN_SECONDS",
  "SLUICE_METRICS_TOKEN",
  "SLUICE_METRICS_TOKEN_FILE",
] as const;

/** Those that make sense only where one part is run alone; a flag wins over them. */
const PASSED_TO_ONE_PART = [
  "SLUICE_HOST",
  "SLUICE_PORT",
  "SLUICE_ADVERTISE",
  "SLUICE_INSECURE",
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
  readonly databaseUrl: string | undefined;
  readonly server: string | undefined;
  readonly token: string | undefined;
  /** For encrypted documents; one a line of SLUICE_PASSWORD. */
  readonly passwords: readonly string[];
  readonly workers: number | undefined;
  readonly maxDocumentBytes: number | undefined;
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

/** Reads the environment, or throws CONFIG_INVALID with every fault in it. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new AppError("CONFIG_INVALID", faults.join("; "));
  }
  const env = parsed.data;
  const locale = env.LC_ALL ?? env.LC_CTYPE ?? env.LANG ?? "";
  return {
    dataDir: resolve(env.SLUICE_DATA_DIR ?? join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "sluice")),
    databaseUrl: env.DATABASE_URL,
    server: env.SLUICE_SERVER,
    token: env.SLUICE_TOKEN,
    passwords: passwordLines(env.SLUICE_PASSWORD ?? ""),
    workers: env.SLUICE_WORKERS,
    maxDocumentBytes: env.SLUICE_MAX_DOCUMENT_BYTES,
    storeFullContent: env.STORE_FULL_CONTENT,
    partVariables: pick(environment, PASSED_TO_PARTS),
    onePartVariables: pick(environment, PASSED_TO_ONE_PART),
    colours: env.NO_COLOR === undefined && env.TERM !== "dumb",
    // "C" and "POSIX" are the locales that promise ASCII only; no locale at all is common in containers that can do more.
    unicode: !/^(C|POSIX)$/.test(locale),
  };
}

function pick(environment: Record<string, string | undefined>, names: readonly string[]): PartVariables {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined && value !== "") picked[name] = value;
  }
  return picked;
}
