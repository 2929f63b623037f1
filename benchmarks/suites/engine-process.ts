import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ENGINES, type EngineName } from "../engines/engine.ts";

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

/** Runs one engine over the files in order; a document past its limit, or one that kills the process, is a failed row. */
export async function runEngine(options: {
  engine: EngineName;
  files: readonly string[];
  textFolder: string;
  documentTimeoutMs: number;
}): Promise<EngineRun> {
  const { engine, files, textFolder, documentTimeoutMs } = options;
  mkdirSync(textFolder, { recursive: true });
  const rows: DocumentRow[] = [];
  let version = "";
  while (rows.length < files.length) {
    const process = startEngine(engine, textFolder);
    version = (await process.start()).version ?? version;
    while (rows.length < files.length) {
      const index = rows.length;
      const row = await process.extract(index, files[index] ?? "", documentTimeoutMs);
      rows.push(row ?? { index, pages: 0, cpuMs: 0, wallMs: 0, peakRssBytes: 0, error: "crashed or timed out" });
      if (row === null) break;
    }
    await process.stop();
  }
  return { engine, version, rows };
}

/** Why an engine cannot run here, or null when it can. */
export function whyUnavailable(engine: EngineName): string | null {
  const descriptor = ENGINES[engine];
  if (descriptor.kind === "bun") return null;
  const probe = Bun.spawnSync([python(), "-c", `import ${descriptor.module}`], { stderr: "ignore" });
  if (probe.success) return null;
  return `python has no ${descriptor.module}: pip install ${descriptor.module}==${descriptor.version} (BENCH_PYTHON names another python)`;
}

function python(): string {
  return process.env["BENCH_PYTHON"] ?? "python3";
}

function startEngine(engine: EngineName, textFolder: string) {
  const descriptor = ENGINES[engine];
  const command =
    descriptor.kind === "bun"
      ? [process.execPath, join(ENGINE_FOLDER, "run-engine.ts"), engine, textFolder]
      : [python(), join(ENGINE_FOLDER, descriptor.script), textFolder];
  const child = Bun.spawn(command, { stdin: "pipe", stdout: "pipe", stderr: "ignore" });
  const lines = readLines(child.stdout);
  const next = async (timeoutMs: number): Promise<unknown> => {
    const { promise: expired, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), timeoutMs);
    const line = await Promise.race([lines.next(), expired]);
    clearTimeout(timer);
    return line === null || line.done === true ? null : JSON.parse(line.value);
  };
  return {
    start: async () => ((await next(60_000)) ?? {}) as { version?: string },
    extract: async (index: number, path: string, timeoutMs: number): Promise<DocumentRow | null> => {
      void child.stdin.write(`${JSON.stringify({ index, path })}\n`);
      await child.stdin.flush();
      return (await next(timeoutMs)) as DocumentRow | null;
    },
    stop: async () => {
      await child.stdin.end();
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
