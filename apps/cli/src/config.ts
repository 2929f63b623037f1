/** The environment as the CLI reads it, once: no other file looks at it. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { AppError } from "@sluice/contracts";
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
  SLUICE_WORKERS: z.coerce.number().int().min(1).max(1_024).optional(),
  SLUICE_MAX_DOCUMENT_BYTES: z.coerce.number().int().min(1).optional(),
  STORE_FULL_CONTENT: flag.optional(),
  LC_ALL: text.optional(),
  LC_CTYPE: text.optional(),
  LANG: text.optional(),
  NO_COLOR: text.optional(),
  TERM: text.optional(),
});

export interface Config {
  /** Where the embedded PostgreSQL and the logs live when no flag says otherwise. */
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly server: string | undefined;
  readonly token: string | undefined;
  readonly workers: number | undefined;
  readonly maxDocumentBytes: number | undefined;
  readonly storeFullContent: boolean | undefined;
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
    workers: env.SLUICE_WORKERS,
    maxDocumentBytes: env.SLUICE_MAX_DOCUMENT_BYTES,
    storeFullContent: env.STORE_FULL_CONTENT,
    colours: env.NO_COLOR === undefined && env.TERM !== "dumb",
    // "C" and "POSIX" are the locales that promise ASCII only; no locale at all is common in containers that can do more.
    unicode: !/^(C|POSIX)$/.test(locale),
  };
}
