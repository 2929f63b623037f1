import { closeSync, openSync, readFileSync } from "node:fs";
import { type BuiltImage, enterCommand } from "./build-image.ts";

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly access: "ro" | "rw";
}

export interface RunningImage {
  readonly pid: number;
  /** Where it says that it listens. */
  readonly url: string;
  log(): string;
  /** Ends it as a container platform does: SIGTERM, and waits. Its exit code. */
  stop(): Promise<number>;
  /** Runs its HEALTHCHECK in a root of the same kind. Its exit code. */
  checkHealth(): Promise<number>;
}

/** Starts an image as `--read-only --tmpfs /tmp` does: its user, no privileges, its variables and `variables`, its own root. */
export async function runImage(
  image: BuiltImage,
  options: {
    readonly variables: Readonly<Record<string, string>>;
    readonly mounts: readonly Mount[];
    readonly log: string;
  },
): Promise<RunningImage> {
  const binds = options.mounts.map(({ source, target, access }) => `${source}:${target}:${access}`);
  const env = { ...image.variables, HOME: "/nonexistent", ...options.variables };
  const log = openSync(options.log, "a");
  const child = Bun.spawn(enterCommand(image, "ro", binds, image.command), {
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: log,
  });
  closeSync(log);
  const said = () => readFileSync(options.log, "utf8");
  let url: string;
  try {
    url = await readyUrl(child.stdout);
  } catch (error) {
    child.kill("SIGKILL");
    await child.exited;
    throw new Error(`it did not start: ${String(error)}\n${said()}`, { cause: error });
  }
  return {
    pid: child.pid,
    url,
    log: said,
    stop: async () => {
      child.kill("SIGTERM");
      return await child.exited;
    },
    checkHealth: async () => {
      const check = Bun.spawn(enterCommand(image, "ro", binds, image.healthcheck), {
        // The port that it really has, which the image fixes and a test does not.
        env: { ...env, SLUICE_PORT: new URL(url).port },
        stdin: "ignore",
        stdout: "ignore",
        stderr: "pipe",
      });
      return await check.exited;
    },
  };
}

async function readyUrl(stdout: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stdout) {
    text += Buffer.from(chunk).toString();
    if (text.includes("\n")) break;
  }
  const line = JSON.parse(text.split("\n")[0] ?? "") as { ready: boolean; url: string };
  if (!line.ready) throw new Error(text);
  return line.url;
}
