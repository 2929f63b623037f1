import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { AppError, MOST_COMMIT_DOCUMENTS, MOST_CONCURRENT } from "@sluice/contracts";
import type * as Yaml from "yaml";
import { z } from "zod";
import { safeText } from "./output/safe-text.ts";

/** What a person may settle once and for all. Flags and variables win over it. */
const fileSchema = z.strictObject({
  /** A running coordinator, used by every command that is not told another place. */
  server: z.url({ protocol: /^https?$/ }).optional(),
  /** For `server`, and for no other. */
  token: z.string().min(1).optional(),
  /** The same in a file of its own. */
  tokenFile: z.string().min(1).optional(),
  dataDir: z.string().min(1).optional(),
  databaseUrl: z.string().min(1).optional(),
  workers: z.int().min(1).max(1_024).optional(),
  maxDocumentBytes: z.int().min(1).optional(),
  maxConcurrent: z.int().min(1).max(MOST_CONCURRENT).optional(),
  commitDocuments: z.int().min(1).max(MOST_COMMIT_DOCUMENTS).optional(),
  storeFullContent: z.boolean().optional(),
});
export type ConfigFile = z.infer<typeof fileSchema>;

export const CONFIG_FILE_KEYS = Object.keys(fileSchema.shape);

/** Far beyond eight lines: it is some other file. */
const MAX_BYTES = 64 * 1024;
/** What must not be read by others. */
const SECRETS = ["token", "databaseUrl"] as const;

/**
 * Reads the settings of a person, YAML or JSON. Paths in it are meant from its own folder, `~/` from the home folder.
 * `asked`: it was named, so that its absence is a fault. CONFIG_INVALID names the line; PATH_NOT_FOUND.
 */
export function readConfigFile(path: string, asked: boolean): ConfigFile {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) throw fault(path, 1, `is over ${MAX_BYTES} bytes: this is some other file`);
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") throw fault(path, 1, `cannot be read: ${message}`);
    if (!asked) return {};
    throw new AppError("PATH_NOT_FOUND", `no such configuration file: ${safeText(path)}`, { cause: error });
  }
  const settings = parseSettings(path, text);
  if (SECRETS.some((key) => settings[key] !== undefined)) ensurePrivate(path, "it holds a secret");
  const from = (given: string) => resolve(dirname(path), given.replace(/^~(?=\/)/, homedir()));
  return {
    ...settings,
    ...(settings.tokenFile === undefined ? {} : { tokenFile: from(settings.tokenFile) }),
    ...(settings.dataDir === undefined ? {} : { dataDir: from(settings.dataDir) }),
  };
}

/** The token in a file, which nobody else may read. CONFIG_INVALID, PATH_NOT_FOUND. */
export function readTokenFile(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new AppError("PATH_NOT_FOUND", `no such token file: ${safeText(path)}`, { cause: error });
    throw new AppError("CONFIG_INVALID", `cannot read the token file ${safeText(path)}: ${message}`, { cause: error });
  }
  ensurePrivate(path, "it holds a token");
  if (/^\S+$/.test(text)) return text;
  throw new AppError(
    "CONFIG_INVALID",
    `the token file ${safeText(path)} holds no token: it must be one word on one line`,
  );
}

function parseSettings(path: string, text: string): ConfigFile {
  // Loading it takes a third of the time of a short command: those without a file need not wait for it.
  const yaml = createRequire(import.meta.url)("yaml") as typeof Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text.replace(/^\uFEFF/, ""), { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const [syntax] = document.errors;
  if (syntax !== undefined) throw fault(path, lineOf(syntax.pos[0]), syntax.message.split("\n")[0] ?? "is no YAML");
  const { contents } = document;
  if (contents === null) return {};
  const parsed = fileSchema.safeParse(document.toJS({ maxAliasCount: 10 }));
  if (parsed.success) return parsed.data;
  const keys = yaml.isMap(contents) ? contents.items.map(({ key }) => key).filter((key) => yaml.isScalar(key)) : [];
  const faults = settingFaults(parsed.error).map(({ key, message }) => {
    const offset = keys.find((each) => String(each.value) === key)?.range?.[0] ?? 0;
    return { line: lineOf(offset), message: `${safeText(key)} ${message}`.trim() };
  });
  faults.sort((left, right) => left.line - right.line);
  throw new AppError(
    "CONFIG_INVALID",
    faults.map(({ line, message }) => `${safeText(path)}:${line}: ${message}`).join("; "),
  );
}

function settingFaults({ issues }: z.ZodError): { key: string; message: string }[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ key: String(issue.path[0] ?? ""), message: issue.message }];
    return issue.keys.map((key) => ({ key, message: `is no setting; there are ${CONFIG_FILE_KEYS.join(", ")}` }));
  });
}

function ensurePrivate(path: string, why: string): void {
  const mode = statSync(path).mode & 0o777;
  // A pipe, such as a shell's <(…), is ours alone whatever it says.
  if ((mode & 0o077) === 0 || !statSync(path).isFile()) return;
  const shown = mode.toString(8).padStart(3, "0");
  throw new AppError("CONFIG_INVALID", `others may read ${safeText(path)} (mode ${shown}), and ${why}: chmod 600 it`);
}

function fault(path: string, line: number, message: string): AppError {
  return new AppError("CONFIG_INVALID", `${safeText(path)}:${line}: ${message}`);
}
