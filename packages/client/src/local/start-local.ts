import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AppError, isErrorCode } from "@sluice/contracts";
import { textLines } from "../text-lines.ts";
import { z } from "zod";

export interface LocalOptions {
  /** Extractors side by side; default: the number of cores. */
  readonly workers?: number | undefined;
  /** Where results live; default: where the command line keeps them. */
  readonly dataDir?: string | undefined;
  /** A PostgreSQL of yours, instead of the one in the data directory. */
  readonly databaseUrl?: string | undefined;
  /** What starts the command line, which runs under Bun; default: `sluice`, or that of the checkout this file lies in. */
  readonly program?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LocalCluster {
  readonly url: string;
  readonly token: string;
  /** Resolves with what happened when it ends by itself. */
  readonly ended: Promise<AppError>;
  stop(): Promise<void>;
}

/** Where this file lies in a checkout. What is built from it lies elsewhere, and must start nothing that happens to be near. */
const HERE = "/packages/client/src/local/start-local.ts";
/** Where the command line lies in a checkout, seen from here; started as a process, never imported. */
const CHECKOUT = new URL("../../../../apps/cli/src/main.ts", import.meta.url);

/** Workers drain, PostgreSQL writes a checkpoint; what has not ended by then hangs, and its parts die with it. */
const STOPS_WITHIN_MS = 30_000;

const NOT_INSTALLED =
  "there is no command sluice on the PATH, which runs under Bun and starts all parts; say how to start it (`program`), " +
  "or name a coordinator that runs (`server`)";

const announcementSchema = z.object({ url: z.url(), token: z.string() });
const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/**
 * Starts all parts of Sluice on this machine by its command line, `sluice up`. They end with this process, however it
 * ends: their stdin is a pipe of ours. Throws what `up` throws, and START_FAILED when the program is not there.
 */
export async function startLocal(options: LocalOptions = {}): Promise<LocalCluster> {
  const [file = "sluice", ...words] = options.program ?? defaultProgram();
  const args = [...words, "up", "--json", "--attached", "--port", "0"];
  if (options.workers !== undefined) args.push("--workers", String(options.workers));
  if (options.dataDir !== undefined) args.push("--data-dir", options.dataDir);
  if (options.databaseUrl !== undefined) args.push("--database-url", options.databaseUrl);
  options.signal?.throwIfAborted();
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
  const exited = exitOf(child, file, options.program === undefined);
  const abort = () => child.stdin.destroy();
  options.signal?.addEventListener("abort", abort, { once: true });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4_096);
  });
  // A program that has gone reads nothing, which its exit tells better.
  child.stdin.on("error", () => {});
  try {
    const line = await Promise.race([firstLine(child), exited.then(() => "")]);
    options.signal?.throwIfAborted();
    const announced = announcementSchema.safeParse(parseJson(line));
    if (!announced.success) throw refusal(line, (await exited) ?? stderr);
    const ended = exited.then((fault) => new AppError("START_FAILED", `the local cluster ended: ${fault ?? stderr}`));
    return { ...announced.data, ended, stop: () => stop(child, exited) };
  } catch (error) {
    await stop(child, exited);
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

function defaultProgram(): readonly string[] {
  if (!import.meta.url.endsWith(HERE) || !existsSync(CHECKOUT)) return ["sluice"];
  return [process.versions["bun"] === undefined ? "bun" : process.execPath, fileURLToPath(CHECKOUT)];
}

/** null for an exit that it told the reason of by itself. */
function exitOf(child: ChildProcess, file: string, byDefault: boolean): Promise<string | null> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      const missing = byDefault && "code" in error && error.code === "ENOENT";
      resolve(missing ? NOT_INSTALLED : `${file} could not be started: ${error.message}`);
    });
    child.once("close", () => resolve(null));
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) return "";
  for await (const line of textLines(child.stdout as AsyncIterable<Uint8Array>)) {
    return line;
  }
  return "";
}

function refusal(line: string, said: string): AppError {
  const refused = refusalSchema.safeParse(parseJson(line));
  if (!refused.success) return new AppError("START_FAILED", `no local cluster: ${said.trim()}`);
  const { code, message } = refused.data.error;
  return new AppError(isErrorCode(code) ? code : "START_FAILED", message);
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  const killing = setTimeout(() => child.kill("SIGKILL"), STOPS_WITHIN_MS);
  await exited;
  clearTimeout(killing);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
