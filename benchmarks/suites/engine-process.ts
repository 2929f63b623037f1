import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ENGINES, type EngineName } from "../engines/engine.ts";
import { installPeers } from "../engines/peers/install-peers.ts";

/** One document through one engine. `error` is set when no text could be had, whatever the reason. */
export interface DocumentRow {
  index: number;
  pages: number;
  cpuMs: number;
  wallMs: number;
  peakRssBytes: number;
  error?: string;
}

export interface EngineRun {
  engine: EngineName;
  version: string;
  rows: DocumentRow[];
}

const ENGINE_FOLDER = join(import.meta.dir, "..", "engines");

/**
 * Runs one engine over the files in order. A document past its limit, or one that kills the process, is a failed row, and
 * the rest go to a fresh process.
 * @param textPathOf where the text of a file is written; none is written without it
 */
export async function runEngine(options: {
  engine: EngineName;
  files: readonly string[];
  textPathOf?: (file: string) => string;
  documentTimeoutMs: number;
}): Promise<EngineRun> {
  const { engine, files, textPathOf, documentTimeoutMs } = options;
  const rows: DocumentRow[] = [];
  let version = "";
  while (rows.length < files.length) {
    const child = startEngine(engine);
    try {
      version = await child.start();
      let alive = true;
      while (alive && rows.length < files.length) {
        const index = rows.length;
        const path = files[index] ?? "";
        const textPath = textPathOf?.(path);
        if (textPath !== undefined) {
          mkdirSync(dirname(textPath), { recursive: true });
          // A document that fails must not keep the text of an earlier run.
          rmSync(textPath, { force: true });
        }
        const answer = await child.extract({ index, path, textPath, timeoutMs: documentTimeoutMs });
        alive = typeof answer !== "string";
        rows.push(typeof answer === "string" ? lost(index, answer) : answer);
      }
    } finally {
      await child.stop();
    }
  }
  return { engine, version, rows };
}

function lost(index: number, error: string): DocumentRow {
  return { index, pages: 0, cpuMs: 0, wallMs: 0, peakRssBytes: 0, error };
}

/** Why an engine cannot run here, or null when it can; installs what only the benchmark needs. */
export async function whyUnavailable(engine: EngineName): Promise<string | null> {
  const missing = whatIsMissing(engine);
  if (missing !== null) return missing;
  const child = startEngine(engine);
  try {
    await child.start();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await child.stop();
  }
}

function whatIsMissing(engine: EngineName): string | null {
  const descriptor = ENGINES[engine];
  if (descriptor.kind === "own") return null;
  if (descriptor.kind === "peer") return installPeers();
  if (descriptor.kind === "program") {
    return Bun.which(descriptor.program) === null ? `not on this machine: ${descriptor.install}` : null;
  }
  const { module, version } = descriptor;
  if (Bun.which(python()) !== null && Bun.spawnSync([python(), "-c", `import ${module}`]).success) return null;
  return `${python()} has no ${module}: pip install ${module}==${version} (BENCH_PYTHON names another python)`;
}

function python(): string {
  return process.env["BENCH_PYTHON"] ?? "python3";
}

function startEngine(engine: EngineName) {
  const descriptor = ENGINES[engine];
  const command =
    descriptor.kind === "python"
      ? [python(), join(ENGINE_FOLDER, descriptor.script)]
      : [process.execPath, join(ENGINE_FOLDER, "run-engine.ts"), engine];
  const child = Bun.spawn(command, { stdin: "pipe", stdout: "pipe", stderr: "pipe" });
  const lines = readLines(child.stdout);
  const complaint = lastLine(child.stderr);
  /** The next line, or why there is none. */
  const next = async (timeoutMs: number): Promise<{ value: unknown } | string> => {
    const { promise: expired, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), timeoutMs);
    const line = await Promise.race([lines.next(), expired]);
    clearTimeout(timer);
    if (line === null) return `timed out after ${timeoutMs / 1000} s`;
    if (line.done !== true) return { value: JSON.parse(line.value) };
    const code = await child.exited;
    return `the process ended with ${child.signalCode ?? code}: ${await complaint}`;
  };
  return {
    start: async (): Promise<string> => {
      const ready = await next(60_000);
      if (typeof ready === "string") throw new Error(`does not start: ${ready}`);
      return (ready.value as { version: string }).version;
    },
    extract: async (request: {
      index: number;
      path: string;
      textPath: string | undefined;
      timeoutMs: number;
    }): Promise<DocumentRow | string> => {
      void child.stdin.write(`${JSON.stringify(request)}\n`);
      await child.stdin.flush();
      const answer = await next(request.timeoutMs);
      return typeof answer === "string" ? answer : (answer.value as DocumentRow);
    },
    stop: async (): Promise<void> => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}

/** Reads a stream to its end, so that its writer never waits, and keeps the last line that says something. */
async function lastLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let last = "";
  for await (const line of readLines(stream)) if (line.trim() !== "") last = line.trim();
  return last;
}
