import { closeSync, openSync } from "node:fs";
import { watchParent } from "@sluice/launcher";
import type { FleetHost } from "./fleet-network.ts";
import type { RunningProcess } from "./fleet-part.ts";

export interface ServiceProcessOptions {
  readonly host: FleetHost;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its stderr goes. */
  readonly log: string;
  /** `HOST:PORT`: it is up when this takes connections, asked from its own host. */
  readonly at: string;
  readonly signal: AbortSignal;
}

const UP_TIMEOUT_MS = 60_000;
const LOOK_MS = 50;
const STOP_PATIENCE_MS = 3_000;

/** Runs a server on a host of a fleet; it ends with this process, however that ends. */
export async function serviceProcess(options: ServiceProcessOptions): Promise<RunningProcess> {
  const { host, command, environment, at, signal } = options;
  signal.throwIfAborted();
  const log = openSync(options.log, "a");
  const child = Bun.spawn([...host.commandPrefix, ...command], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: log,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    cwd: "/",
    // Leads a group of its own, which the watcher ends.
    detached: true,
  });
  closeSync(log);
  child.unref();
  const watch = watchParent(child.pid, { first: "TERM", last: "KILL" });
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
    await child.exited;
    clearTimeout(timer);
    await watch.release();
  };
  const until = performance.now() + UP_TIMEOUT_MS;
  while (!(await takesConnections(host, at))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (!ended && !signal.aborted && performance.now() < until) {
      await Bun.sleep(LOOK_MS);
      continue;
    }
    await stop();
    signal.throwIfAborted();
    throw new Error(`${command[0]} ${ended ? "has ended" : "does not listen"}; see ${options.log}`);
  }
  const exited = child.exited.then(() => ({
    exitCode: child.exitCode,
    signal: child.signalCode === null ? null : String(child.signalCode),
  }));
  return { pid: child.pid, exited, stop };
}

/** On a network of its own, its kernel's table of listeners says so. */
async function takesConnections(host: FleetHost, at: string): Promise<boolean> {
  if (host.commandPrefix.length === 0) return await canConnect(at);
  const table = Bun.spawn([...host.commandPrefix, "cat", "/proc/net/tcp"], { stdout: "pipe", stderr: "ignore" });
  const [text] = await Promise.all([table.stdout.text(), table.exited]);
  return text.includes(` ${hexAddress(at)} 00000000:0000 0A `);
}

async function canConnect(at: string): Promise<boolean> {
  const [hostname = "", port = ""] = at.split(":");
  try {
    const socket = await Bun.connect({ hostname, port: Number(port), socket: { data: () => undefined } });
    socket.end();
    return true;
  } catch {
    return false;
  }
}

/** `127.0.0.1:7100` as the kernel writes it: `0100007F:1BBC`. */
function hexAddress(at: string): string {
  const [address = "", port = ""] = at.split(":");
  const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  const portText = Number(port).toString(16).padStart(4, "0");
  return `${bytes.toReversed().join("")}:${portText}`.toUpperCase();
}
