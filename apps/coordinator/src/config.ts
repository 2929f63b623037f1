import { envFlag, LOG_LEVELS, parseEnv, readSecretFiles, tlsFiles } from "@sluice/serverkit";
import { REMOTE_SECRETS, remoteSettings, remoteVariables } from "@sluice/sources/remote";
import { TOKEN_ROLES } from "@sluice/contracts";
import { z } from "zod";
import { parseBlobPlace } from "./blobs/open-blob-store.ts";

/** `metrics` is given by SLUICE_METRICS_TOKEN alone and stored nowhere. */
export type Role = (typeof TOKEN_ROLES)[number] | "metrics";

/** `role:token` pairs, comma separated. */
const bootstrapTokensSchema = z.string().transform((text, context) =>
  text.split(",").map((pair) => {
    const [role = "", token = ""] = pair.trim().split(":");
    const known = TOKEN_ROLES.find((name) => name === role);
    if (known === undefined || token.length < 16) {
      context.addIssue({
        code: "custom",
        message: "expected ROLE:TOKEN with role admin, submit or worker and a token of at least 16 characters",
      });
      return z.NEVER;
    }
    return { role: known, token };
  }),
);

const blobPlaceSchema = z.string().transform((text, context) => {
  const place = parseBlobPlace(text);
  if (place !== null) return place;
  context.addIssue({ code: "custom", message: "expected an absolute path, or s3://BUCKET/PREFIX" });
  return z.NEVER;
});

/** `scheme://host[:port]`, comma separated. No wildcard: a page of anybody would be let in with it. */
const originsSchema = z.string().transform((text, context) =>
  text.split(",").map((entry) => {
    const origin = entry.trim();
    if (URL.parse(origin)?.origin === origin && /^https?:/.test(origin)) return origin;
    context.addIssue({
      code: "custom",
      message: `"${origin}" is no origin; expected https://host or http://host:port`,
    });
    return z.NEVER;
  }),
);

const quota = (fallback: number) => z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(fallback);

/** Every environment variable of the coordinator. */
export const configSchema = z
  .object({
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "expected postgres://USER:PASSWORD@HOST:PORT/DATABASE"),
    SLUICE_HOST: z.string().default("127.0.0.1"),
    SLUICE_PORT: z.coerce.number().int().min(0).max(65_535).default(7080),
    SLUICE_INSECURE: envFlag,
    SLUICE_TLS_CERT: z.string().optional(),
    SLUICE_TLS_KEY: z.string().optional(),
    /** Pages of these origins may call the API from a browser; nobody's otherwise. */
    SLUICE_CORS_ORIGINS: originsSchema.optional(),
    SLUICE_BOOTSTRAP_TOKENS: bootstrapTokensSchema.optional(),
    SLUICE_WORKER_ADDRESSES: z.string().default("localhost,127.0.0.0/8,::1"),
    SLUICE_LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
    SLUICE_EXIT_WITH_PARENT: envFlag,
    /** Connections for commits and intake; queue and leases have three of their own, reads six, answers that last two. */
    SLUICE_DB_POOL: z.coerce.number().int().min(2).max(200).default(8),
    /** Items that may be pending over all batches; past it, intake answers 429 until the fleet has caught up. */
    SLUICE_MAX_PENDING_ITEMS: z.coerce.number().int().min(1).max(1_000_000_000).default(20_000_000),
    /** For `submit` tokens that have no limits of their own; 0: none. */
    SLUICE_QUOTA_REQUESTS_PER_SECOND: quota(1_000),
    SLUICE_QUOTA_STREAMS: quota(100),
    SLUICE_QUOTA_OPEN_BATCHES: quota(1_000),
    SLUICE_QUOTA_PENDING_ITEMS: quota(10_000_000),
    SLUICE_QUOTA_UPLOAD_BYTES_PER_DAY: quota(0),
    SLUICE_QUOTA_UNFINISHED_UPLOADS: quota(1_000),
    SLUICE_QUOTA_UNFINISHED_UPLOAD_BYTES: quota(2 ** 38),
    /** Parquet files that are written at a time, each with some 40 MB; past it, 429. */
    SLUICE_PARQUET_EXPORTS: z.coerce.number().int().min(1).max(1_000).default(4),
    /** How long attempts of batches that have ended, and workers that are gone, are remembered. */
    SLUICE_KEEP_DAYS: z.coerce.number().min(1).max(36_500).default(90),
    /** Whether this coordinator makes what has been stored searchable; searching works all the same. */
    SLUICE_SEARCH_INDEX: envFlag.default(true),
    /** How long events and ended deliveries of webhooks are kept. */
    SLUICE_EVENT_DAYS: z.coerce.number().min(0.01).max(3_650).default(7),
    /** Hosts that webhooks may lie on beside those of the open internet: `hooks.intern:8080`, `10.0.0.7`, `*.intern`. */
    SLUICE_WEBHOOK_HOSTS: z.string().default(""),
    /** How long a receiver may take to answer. */
    SLUICE_WEBHOOK_TIMEOUT_SECONDS: z.coerce.number().min(0.05).max(60).default(10),
    /** The first wait after a delivery that failed; each further one is four times as long, up to six hours. */
    SLUICE_WEBHOOK_RETRY_SECONDS: z.coerce.number().min(0.01).max(3_600).default(5),
    /** How long a start waits for a PostgreSQL that is starting too. */
    SLUICE_DB_WAIT_SECONDS: z.coerce.number().min(0).max(3_600).default(20),
    /** Where results of shards past 8 MB wait for their commit; the system's folder for temporary files by default. */
    SLUICE_SPOOL_DIR: z.string().optional(),
    TMPDIR: z.string().optional(),
    /** Where uploads are kept: `/path` or `s3://bucket/prefix`. Without it nothing can be uploaded. */
    SLUICE_BLOBS: blobPlaceSchema.optional(),
    SLUICE_MAX_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .min(1)
      .max(2 ** 50)
      .default(16 * 2 ** 30),
    /** How long uploads are kept that no batch refers to. */
    SLUICE_KEEP_UPLOADS_DAYS: z.coerce.number().min(0).max(36_500).default(7),
    /** A body that does not go on for so long is ended. */
    SLUICE_UPLOAD_STALL_SECONDS: z.coerce.number().min(0.1).max(3_600).default(30),
    /** How long shards that run may take to end after SIGTERM. */
    SLUICE_DRAIN_SECONDS: z.coerce.number().min(0).max(86_400).default(7),
    /** Opens `/metrics` and nothing else. */
    SLUICE_METRICS_TOKEN: z.string().min(16, "a token of at least 16 characters is needed").optional(),
    /** Folders of this machine whose files batches may name as sources; none by default. */
    SLUICE_FILE_ROOTS: z
      .string()
      .transform((text) => text.split(":").filter((root) => root !== ""))
      .pipe(z.array(z.string().startsWith("/", "roots are absolute paths")))
      .optional(),
    ...remoteVariables,
    /** How long a source that did not answer is left alone at first; then twice as long each time, up to five minutes. */
    SLUICE_SOURCE_RETRY_SECONDS: z.coerce.number().min(0.01).max(3_600).default(5),
    /** Put into DATABASE_URL, so that the address and the secret may come from different places. */
    DATABASE_PASSWORD: z.string().optional(),
  })
  .transform((env) => ({
    databaseUrl: withPassword(env.DATABASE_URL, env.DATABASE_PASSWORD),
    host: env.SLUICE_HOST,
    port: env.SLUICE_PORT,
    insecure: env.SLUICE_INSECURE,
    tls: tlsFiles(env.SLUICE_TLS_CERT, env.SLUICE_TLS_KEY),
    corsOrigins: env.SLUICE_CORS_ORIGINS ?? [],
    bootstrapTokens: env.SLUICE_BOOTSTRAP_TOKENS ?? null,
    workerAddresses: entriesOf(env.SLUICE_WORKER_ADDRESSES),
    eventDays: env.SLUICE_EVENT_DAYS,
    webhookHosts: entriesOf(env.SLUICE_WEBHOOK_HOSTS),
    webhookTimeoutMs: env.SLUICE_WEBHOOK_TIMEOUT_SECONDS * 1_000,
    webhookRetryMs: env.SLUICE_WEBHOOK_RETRY_SECONDS * 1_000,
    logLevel: env.SLUICE_LOG_LEVEL,
    exitWithParent: env.SLUICE_EXIT_WITH_PARENT,
    dbPool: env.SLUICE_DB_POOL,
    keepDays: env.SLUICE_KEEP_DAYS,
    searchIndex: env.SLUICE_SEARCH_INDEX,
    maxPendingItems: env.SLUICE_MAX_PENDING_ITEMS,
    limits: {
      requestsPerSecond: env.SLUICE_QUOTA_REQUESTS_PER_SECOND,
      streams: env.SLUICE_QUOTA_STREAMS,
      openBatches: env.SLUICE_QUOTA_OPEN_BATCHES,
      pendingItems: env.SLUICE_QUOTA_PENDING_ITEMS,
      uploadBytesPerDay: env.SLUICE_QUOTA_UPLOAD_BYTES_PER_DAY,
      unfinishedUploads: env.SLUICE_QUOTA_UNFINISHED_UPLOADS,
      unfinishedUploadBytes: env.SLUICE_QUOTA_UNFINISHED_UPLOAD_BYTES,
    },
    parquetExports: env.SLUICE_PARQUET_EXPORTS,
    dbWaitMs: env.SLUICE_DB_WAIT_SECONDS * 1000,
    spoolDir: env.SLUICE_SPOOL_DIR ?? env.TMPDIR ?? "/tmp",
    blobs: env.SLUICE_BLOBS ?? null,
    s3: {
      endpoint: env.SLUICE_S3_ENDPOINT,
      region: env.SLUICE_S3_REGION,
      accessKeyId: env.SLUICE_S3_ACCESS_KEY_ID,
      secretAccessKey: env.SLUICE_S3_SECRET_ACCESS_KEY,
      sessionToken: env.SLUICE_S3_SESSION_TOKEN,
    },
    maxUploadBytes: env.SLUICE_MAX_UPLOAD_BYTES,
    keepUploadsDays: env.SLUICE_KEEP_UPLOADS_DAYS,
    uploadStallMs: env.SLUICE_UPLOAD_STALL_SECONDS * 1_000,
    drainMs: env.SLUICE_DRAIN_SECONDS * 1_000,
    metricsToken: env.SLUICE_METRICS_TOKEN ?? null,
    fileRoots: env.SLUICE_FILE_ROOTS ?? null,
    remote: remoteSettings(env),
    sourceRetryMs: env.SLUICE_SOURCE_RETRY_SECONDS * 1_000,
  }));

/** Variables that may be given as a file, by `NAME_FILE`. */
const SECRETS = [
  "DATABASE_URL",
  "DATABASE_PASSWORD",
  "SLUICE_BOOTSTRAP_TOKENS",
  "SLUICE_METRICS_TOKEN",
  ...REMOTE_SECRETS,
];

function entriesOf(text: string): string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

function withPassword(databaseUrl: string, password: string | undefined): string {
  const url = URL.parse(databaseUrl);
  if (password === undefined || url === null) return databaseUrl;
  url.password = encodeURIComponent(password);
  return url.href;
}

export type Config = z.infer<typeof configSchema>;

/** The only reader of the environment. CONFIG_INVALID names every variable at fault. */
export function readConfig(): Config {
  return parseEnv(configSchema, readSecretFiles(process.env, SECRETS));
}

/** Asked for apart: the process must know how to end before it knows whether its configuration is sound. */
export function exitsWithParent(): boolean {
  return envFlag.catch(false).parse(process.env["SLUICE_EXIT_WITH_PARENT"]);
}
