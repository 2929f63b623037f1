import { join } from "node:path";
import { z } from "zod";

const MAIN = join(import.meta.dir, "synthetic-worker.ts");
const STOP_AFTER_MS = 5_000;

export interface SyntheticWorkerOptions {
  readonly coordinators: readonly string[];
  readonly token: string;
  /** So many workers in the one process; default 1. */
  readonly workers?: number;
  /** Of each worker; default 1. */
  readonly slots?: number;
  /** Default 0: as fast as it is read. */
  readonly msPerDocument?: number;
  /** A file of texts by document and page. */
  readonly texts?: string;
  readonly pages?: number;
  readonly pageBytes?: number;
  readonly engineVersion?: string;
  /** An LLM too, which judges so many label shards at a time; default: none. */
  readonly labelSlots?: number;
}

export interface SyntheticWorker extends AsyncDisposable {
  readonly pid: number;
  readonly urls: readonly string[];
  /** What each of its workers has done. */
  stats(): Promise<SyntheticStats[]>;
  stop(): Promise<void>;
}

const statsSchema = z.object({
  shards: z.int(),
  documents: z.int(),
  refused: z.int(),
  /** Slots that are taken now. */
  busy: z.int(),
  /** The time that slots were taken, over all slots. */
  busyMs: z.number(),
  upMs: z.number(),
  slots: z.int(),
});
export type SyntheticStats = z.infer<typeof statsSchema>;

const readySchema = z.object({ ready: z.literal(true), urls: z.array(z.url()) });

/** A process of synthetic workers, registered with all coordinators when this returns. It ends with this process. */
export async function startSyntheticWorker(options: SyntheticWorkerOptions): Promise<SyntheticWorker> {
  const child = Bun.spawn([process.execPath, "--no-env-file", MAIN, ...toArguments(options)], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  const line = await firstLine(child.stdout);
  if (line === null) throw new Error(`the synthetic worker ended with ${String(await child.exited)}`);
  const { urls } = readySchema.parse(JSON.parse(line));
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= end());
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_AFTER_MS);
    await child.exited;
    clearTimeout(late);
  };
  return {
    pid: child.pid,
    urls,
    stats: () => Promise.all(urls.map(async (url) => statsSchema.parse(await (await fetch(`${url}/stats`)).json()))),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function toArguments(options: SyntheticWorkerOptions): string[] {
  const named: Record<string, string | number | undefined> = {
    token: options.token,
    workers: options.workers,
    slots: options.slots,
    "ms-per-document": options.msPerDocument,
    texts: options.texts,
    pages: options.pages,
    "page-bytes": options.pageBytes,
    "engine-version": options.engineVersion,
    "label-slots": options.labelSlots,
  };
  return [
    ...options.coordinators.map((url) => `--coordinator=${url}`),
    // Joined: a token may begin with a dash.
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
  ];
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  let text = "";
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return null;
    text += decoder.decode(value, { stream: true });
    const end = text.indexOf("\n");
    if (end === -1) continue;
    reader.releaseLock();
    return text.slice(0, end);
  }
}
