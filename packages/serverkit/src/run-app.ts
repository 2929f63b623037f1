import { constants } from "node:os";
import { AppError, type ErrorCode } from "@sluice/contracts";
import { createLogger, type Logger } from "./logger.ts";

/** A started app. */
export interface RunningApp {
  url: string;
  /** Takes nothing new, lets what runs come to its end within the app's own bounds, and hands the rest back. */
  stop(): Promise<void>;
  /** How long `stop` may take at most; past that the process ends with 1. Default 10 s. */
  stopTimeoutMs?: number;
}

/** What an app says on stdout, once, as one JSON line: where it listens, or why it did not start. */
export type ReadyLine = { ready: true; url: string; pid: number } | { ready: false; code: ErrorCode; message: string };

// A stop that hangs must not leave a process behind: the supervisor sends SIGKILL soon after.
const STOP_TIMEOUT_MS = 10_000;

/**
 * The life of a server process: start, announce, wait to be told to stop, stop. It is told by SIGTERM or SIGINT, or, with
 * `exitWithParent`, by the end of stdin: a parent that dies, however it dies, closes that pipe. A second signal ends it at
 * once. Exit codes: 0 stopped as told, 1 not started or not stopped cleanly or in time, 128 + n ended by a second signal n.
 */
export async function runApp(options: {
  name: string;
  exitWithParent: boolean;
  start: () => Promise<RunningApp>;
}): Promise<never> {
  const logger = createLogger({ name: options.name, level: "info" });
  const told = toldToStop(options.exitWithParent, logger);
  let app: RunningApp | null;
  try {
    app = await Promise.race([options.start(), told.then(() => null)]);
  } catch (error) {
    announce(failedLine(error));
    logger.error({ err: error }, "did not start");
    process.exit(1);
  }
  // Told to stop while starting, perhaps while waiting for a database that never comes: nothing has been taken on yet.
  if (app === null) process.exit(0);
  announce({ ready: true, url: app.url, pid: process.pid });
  await told;
  process.exit((await stopInTime(app, logger)) ? 0 : 1);
}

function announce(line: ReadyLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function failedLine(error: unknown): ReadyLine {
  if (error instanceof AppError) return { ready: false, code: error.code, message: error.message };
  if (error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT")) {
    return { ready: false, code: "DISK_FULL", message: error.message };
  }
  return { ready: false, code: "INTERNAL", message: error instanceof Error ? error.message : String(error) };
}

function toldToStop(exitWithParent: boolean, logger: Logger): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let signals = 0;
  const onSignal = (signal: "SIGTERM" | "SIGINT") => {
    signals += 1;
    if (signals > 1) {
      logger.warn({ signal }, "told a second time; ends at once");
      process.exit(128 + constants.signals[signal]);
    }
    resolve();
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  if (exitWithParent) void endOfStdin().then(resolve);
  return promise;
}

async function endOfStdin(): Promise<void> {
  try {
    for await (const chunk of Bun.stdin.stream()) void chunk;
  } catch {
    // A broken pipe says the same as its end.
  }
}

/** Whether it stopped cleanly. */
async function stopInTime(app: RunningApp, logger: Logger): Promise<boolean> {
  const timer = setTimeout(() => {
    logger.error("did not stop in time");
    process.exit(1);
  }, app.stopTimeoutMs ?? STOP_TIMEOUT_MS);
  try {
    await app.stop();
    return true;
  } catch (error) {
    logger.error({ err: error }, "did not stop cleanly");
    return false;
  } finally {
    clearTimeout(timer);
  }
}
