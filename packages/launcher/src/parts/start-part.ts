import { AppError, isErrorCode } from "@sluice/contracts";
import { closeSync } from "node:fs";
import { z } from "zod";
import { endPart, patienceMs } from "./end-part.ts";
import { openLog, type PartLog } from "../processes/open-log.ts";
import { watchParent } from "../processes/watch-parent.ts";
import { type Environment, partEnvironment } from "./part-environment.ts";

export interface StartPartOptions {
  name: string;
  entry: string;
  environment: Environment;
  /** Put before the command: what runs it on a host of its own, say. It must become the command, not start it. */
  commandPrefix?: readonly string[] | undefined;
  /** A file that stderr is appended to, or our own stderr. */
  log: { file: string } | "inherit";
  /** Default one minute. A machine busy with other things takes seconds to start a process. */
  readyTimeoutMs?: number | undefined;
  /** Gives up the start; the process is ended. */
  signal?: AbortSignal | undefined;
}

export interface RunningPart {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Settles when the process has ended, with how, whether asked to or not. */
  readonly exited: Promise<PartExit>;
  /** Asks it to end, at last forces it (4 s after its SLUICE_DRAIN_SECONDS), and clears away what its process group left. */
  stop(): Promise<void>;
}

export interface PartExit {
  exitCode: number | null;
  signal: string | null;
  /** The last lines of its log, where it has one. */
  logTail: string;
}

const readyLineSchema = z.union([
  z.object({ ready: z.literal(true), url: z.url() }),
  z.object({ ready: z.literal(false), code: z.string(), message: z.string() }),
]);

const READY_TIMEOUT_MS = 60_000;
const LOG_TAIL_LINES = 6;

/**
 * Starts an app as a process that ends with this one, and waits for its ready line on stdout. Throws the app's own error
 * when it says why it cannot start (PORT_IN_USE, SCHEMA_NEWER, CONFIG_INVALID …), otherwise START_FAILED with the tail
 * of its log.
 */
export async function startPart(options: StartPartOptions): Promise<RunningPart> {
  options.signal?.throwIfAborted();
  const log = options.log === "inherit" ? null : openLog(options.log.file);
  const child = spawnPart(options, log);
  if (log !== null) closeSync(log.fd);
  const watch = watchParent(child.pid, { first: "TERM", last: "KILL" });
  const tail = () => log?.tail(LOG_TAIL_LINES) ?? "";
  const exited = child.exited.then((): PartExit => ({
    exitCode: child.exitCode,
    signal: child.signalCode === null ? null : String(child.signalCode),
    logTail: tail(),
  }));
  const stop = async () => {
    await endPart(child, patienceMs(options.environment["SLUICE_DRAIN_SECONDS"]));
    await watch.release();
  };
  // The pipe ends when this process does: that is how the part hears of it.
  void exited.then(() => child.stdin.end());
  try {
    const url = await readyUrl(options, child, log);
    return { name: options.name, url, pid: child.pid, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function spawnPart(options: StartPartOptions, log: PartLog | null) {
  const child = Bun.spawn([...(options.commandPrefix ?? []), process.execPath, "--no-env-file", options.entry], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: log === null ? "inherit" : log.fd,
    env: partEnvironment(options.environment, { SLUICE_EXIT_WITH_PARENT: "1" }),
    // Leads a group of its own: a Ctrl-C reaches only us, and we stop the parts in order; what it leaves can be found.
    detached: true,
  });
  child.unref();
  return child;
}

type PartProcess = ReturnType<typeof spawnPart>;

async function readyUrl(options: StartPartOptions, child: PartProcess, log: PartLog | null): Promise<string> {
  const timeoutMs = options.readyTimeoutMs ?? READY_TIMEOUT_MS;
  const timer = Promise.withResolvers<"late">();
  const timeout = setTimeout(() => timer.resolve("late"), timeoutMs);
  const onAbort = () => timer.reject(options.signal?.reason);
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const line = await Promise.race([firstLine(child.stdout), timer.promise]);
    const told = line === "late" || line === null ? null : readyLineSchema.safeParse(parseJson(line));
    if (told?.success === true && told.data.ready) return told.data.url;
    if (told?.success === true && !told.data.ready) {
      const { code, message } = told.data;
      throw new AppError(isErrorCode(code) ? code : "START_FAILED", `the ${options.name} did not start: ${message}`, {
        context: { part: options.name, ...(log === null ? {} : { log: log.path }) },
      });
    }
    throw startFailed(
      options,
      log,
      line === "late" ? `it was not ready after ${timeoutMs / 1000} s` : await ending(child),
    );
  } finally {
    clearTimeout(timeout);
    options.signal?.removeEventListener("abort", onAbort);
  }
}

async function ending(child: PartProcess): Promise<string> {
  const ended = await Promise.race([child.exited, Bun.sleep(1_000).then(() => "running")]);
  if (ended === "running") return "its first line on stdout was no ready line";
  return child.signalCode === null
    ? `it ended with code ${String(child.exitCode)}`
    : `${String(child.signalCode)} ended it`;
}

function startFailed(options: StartPartOptions, log: PartLog | null, reason: string): AppError {
  const tail = log?.tail(LOG_TAIL_LINES) ?? "";
  const seen = log === null ? "" : `; its log ${log.path} ${tail === "" ? "is empty" : `ends with:\n${tail}`}`;
  return new AppError("START_FAILED", `the ${options.name} did not start: ${reason}${seen}`, {
    context: { part: options.name, ...(log === null ? {} : { log: log.path }) },
  });
}

/** The first line, or null at the end of the stream; what comes later is read and dropped, so that nobody blocks. */
async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const found = Promise.withResolvers<string | null>();
  void (async () => {
    const decoder = new TextDecoder();
    let text = "";
    let waiting = true;
    try {
      for await (const chunk of stream) {
        if (!waiting) continue;
        text += decoder.decode(chunk, { stream: true });
        const end = text.indexOf("\n");
        if (end === -1) continue;
        found.resolve(text.slice(0, end));
        waiting = false;
      }
    } catch {
      // A pipe that breaks ends the same way.
    }
    found.resolve(null);
  })();
  return await found.promise;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
