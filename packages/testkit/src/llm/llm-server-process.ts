import { openSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { waitUntil } from "../wait-until.ts";

export interface LlmTestServer extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly model: string;
  /** What it has printed. */
  readonly log: string;
  readonly pid: number;
  /** Ends it, and what it has started, as a crash does. */
  kill(): Promise<void>;
  /** Brings it back on the same port. */
  start(): Promise<void>;
}

export interface LlmProcessOptions {
  readonly model: string;
  readonly log: string;
  readonly command: (port: number) => string[];
  readonly environment: (port: number) => Record<string, string>;
  /** What answers 200 when it serves. */
  readonly probe: string;
}

/** A server of LLMs as a process on loopback. It leads a group of its own, so that its runners end with it. */
export async function llmServerProcess(options: LlmProcessOptions): Promise<LlmTestServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let running: Bun.Subprocess | null = null;
  const start = async () => {
    const log = openSync(options.log, "a");
    const child = Bun.spawn({
      cmd: options.command(port),
      env: { PATH: Bun.env["PATH"] ?? "", ...options.environment(port) },
      stdin: "ignore",
      stdout: log,
      stderr: log,
      detached: true,
    });
    running = child;
    await waitUntil(
      `the LLM's server answers (see ${options.log})`,
      async () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
        return (await fetch(`${url}${options.probe}`)).ok;
      },
      { timeoutMs: 120_000, everyMs: 100 },
    );
  };
  const kill = async () => {
    if (running === null) return;
    try {
      process.kill(-running.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
    await running.exited;
    running = null;
  };
  await start();
  return {
    url,
    model: options.model,
    log: options.log,
    get pid() {
      return running?.pid ?? 0;
    },
    kill,
    start,
    [Symbol.asyncDispose]: kill,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
