import { join } from "node:path";
import { type Json, TEST_ENV, type TestCoordinator, wrapCoordinator } from "./test-coordinator.ts";

export interface SpawnedCoordinator extends TestCoordinator {
  readonly pid: number;
  kill(): void;
  /** SIGTERM; resolves to its exit code. */
  terminate(): Promise<number>;
  /** As a parent that dies does; resolves to its exit code. */
  closeStdin(): Promise<number>;
  /** What it has said on stderr so far. */
  stderr(): Promise<string>;
}

export interface FailedStart {
  readonly line: Json;
  readonly stderr: string;
  readonly exitCode: number;
}

const MAIN = join(import.meta.dir, "../../src/main.ts");

function spawn(env: Record<string, string>) {
  return Bun.spawn([process.execPath, MAIN], {
    env: { PATH: Bun.env["PATH"] ?? "", ...env },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<Json> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes("\n")) break;
  }
  return JSON.parse(text.split("\n")[0] ?? "");
}

/** A coordinator as a process of its own, as users run it. */
export async function spawnCoordinator(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<SpawnedCoordinator> {
  const child = spawn({ DATABASE_URL: databaseUrl, ...TEST_ENV, SLUICE_EXIT_WITH_PARENT: "1", ...env });
  let said = "";
  void (async () => {
    for await (const chunk of child.stderr) said += Buffer.from(chunk).toString();
  })();
  const line = await firstLine(child.stdout);
  if (!line.ready) throw new Error(`the coordinator did not start: ${JSON.stringify(line)}`);
  const stop = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  const wrapped = wrapCoordinator({ url: line.url, stop }, databaseUrl);
  return {
    ...wrapped,
    pid: child.pid,
    kill: () => child.kill("SIGKILL"),
    terminate: () => {
      child.kill("SIGTERM");
      return child.exited;
    },
    closeStdin: async () => {
      await child.stdin.end();
      return await child.exited;
    },
    stderr: async () => {
      // Both pipes come from one process, but not through one: what it said before it was ready may arrive after.
      await Bun.sleep(50);
      return said;
    },
    [Symbol.asyncDispose]: () => wrapped[Symbol.asyncDispose](),
  };
}

/** A start that is expected to fail: what it says and how it ends. */
export async function failToStart(env: Record<string, string>): Promise<FailedStart> {
  const child = spawn({ ...TEST_ENV, ...env });
  const [line, stderr, exitCode] = await Promise.all([
    firstLine(child.stdout),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { line, stderr, exitCode };
}
