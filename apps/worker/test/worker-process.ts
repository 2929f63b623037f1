import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  fileUri,
  type DoneLine,
  type ExtractedItem,
  type ItemLine,
  PROTOCOL_VERSION,
  type ShardItem,
  type ShardRequest,
  itemLineSchema,
  type TextItem,
  workerRegistrationSchema,
  type WorkerRegistration,
} from "@sluice/contracts";

const MAIN = join(import.meta.dir, "../src/main.ts");
const HOSTILE = join(import.meta.dir, "hostile-extractor.ts");

/** A coordinator as far as a worker sees one: it takes registrations, and counts who leaves. */
export class FakeCoordinator implements AsyncDisposable {
  readonly registrations: WorkerRegistration[] = [];
  readonly left: string[] = [];
  /** Answers renewals with the request to drain. */
  drains = false;
  /** Takes registrations and never answers them, as a host that was lost without a word. */
  silent = false;
  readonly tokens = new Set<string | null>();
  /** Uploaded bytes, at `/v1/blobs/…`, whole or in ranges. */
  blob: Buffer | null = null;
  readonly #server: Bun.Server<undefined>;

  constructor() {
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      // A silence is the test's own.
      idleTimeout: 0,
      fetch: async (request) => {
        this.tokens.add(request.headers.get("authorization"));
        const { pathname } = new URL(request.url);
        if (request.method === "POST" && pathname === "/v1/workers") {
          this.registrations.push(workerRegistrationSchema.parse(await request.json()));
          if (this.silent) await new Promise(() => {});
          return Response.json({ renewEveryMs: 50, expiresAfterMs: 5_000, drain: this.drains });
        }
        if (request.method === "DELETE") {
          this.left.push(pathname.split("/").at(-1) ?? "");
          return new Response(null, { status: 204 });
        }
        if (this.blob !== null && request.method === "GET" && pathname.startsWith("/v1/blobs/")) {
          return rangeOf(this.blob, request.headers.get("range"));
        }
        return new Response("not found", { status: 404 });
      },
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.stop(true);
  }
}

function rangeOf(bytes: Buffer, range: string | null): Response {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (start === undefined || end === undefined) return new Response(bytes);
  const headers = { "content-range": `bytes ${start}-${end}/${bytes.length}` };
  return new Response(bytes.subarray(Number(start), Number(end) + 1), { status: 206, headers });
}

/** A real worker in its own process, with the hostile extractor unless `env` says otherwise. */
export class WorkerProcess implements AsyncDisposable {
  readonly coordinator: FakeCoordinator;
  readonly process: Bun.Subprocess<"pipe", "pipe", "pipe">;
  readonly url: string;
  readonly folder: string;

  private constructor(coordinator: FakeCoordinator, child: WorkerProcess["process"], url: string, folder: string) {
    this.coordinator = coordinator;
    this.process = child;
    this.url = url;
    this.folder = folder;
  }

  static async start(env: Record<string, string> = {}): Promise<WorkerProcess> {
    const coordinator = new FakeCoordinator();
    const folder = mkdtempSync(join(tmpdir(), "sluice-worker-"));
    const child = Bun.spawn({
      cmd: [process.execPath, MAIN],
      env: {
        SLUICE_COORDINATORS: coordinator.url,
        SLUICE_TOKEN: "worker-token",
        SLUICE_EXTRACTOR: HOSTILE,
        SLUICE_WORKERS: "1",
        SLUICE_LOG_LEVEL: "error",
        SLUICE_EXIT_WITH_PARENT: "1",
        SECRET_OF_THE_WORKER: "must not reach a child",
        ...env,
      },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
    });
    const firstLine = await firstLineOf(child.stdout);
    const ready = JSON.parse(firstLine) as { ready: boolean; url: string };
    if (!ready.ready) throw new Error(`the worker did not start: ${firstLine}`);
    const worker = new WorkerProcess(coordinator, child, ready.url, folder);
    await until(() => coordinator.registrations.length > 0);
    return worker;
  }

  get registration(): WorkerRegistration {
    const last = this.coordinator.registrations.at(-1);
    if (last === undefined) throw new Error("not registered yet");
    return last;
  }

  /** Writes a document and names it as an item. */
  document(name: string, content: string | Uint8Array, ordinal = 0): ShardItem {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return { ordinal, uri: fileUri(path), sizeBytes: Buffer.byteLength(content), knownHashes: [] };
  }

  /** One document for each order, with ordinals from 0. */
  documents(contents: readonly string[]): ShardItem[] {
    // New names each time: a document of an earlier shard may still be read.
    const shard = crypto.randomUUID().slice(0, 8);
    return contents.map((content, ordinal) => this.document(`${shard}-${ordinal}`, content, ordinal));
  }

  request(items: readonly ShardItem[], changes: ShardChanges = {}): ShardRequest {
    const { extract, ...others } = changes;
    return {
      protocol: PROTOCOL_VERSION,
      attemptId: Bun.randomUUIDv7(),
      batchId: Bun.randomUUIDv7(),
      stage: "extract",
      engineVersion: this.registration.engineVersion,
      extract: {
        maxPages: 1_000,
        maxTextBytes: 64 << 20,
        maxDocumentBytes: 64 << 20,
        documentTimeoutMs: 20_000,
        documentMemoryMb: 512,
        ...extract,
      },
      store: "full",
      classify: null,
      passwords: [],
      items: [...items],
      ...others,
    };
  }

  post(body: unknown, init: { token?: string | null; signal?: AbortSignal } = {}): Promise<Response> {
    const token = init.token === undefined ? this.registration.dispatchToken : init.token;
    return fetch(`${this.url}/v1/shards`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(init.signal === undefined ? {} : { signal: init.signal }),
    });
  }

  /** Runs a shard to its end; every line is parsed as the coordinator would. */
  async run(items: readonly ShardItem[], changes: ShardChanges = {}): Promise<ShardOutcome> {
    const response = await this.post(this.request(items, changes));
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return readOutcome(await response.bytes());
  }

  async ready(): Promise<{ ready: boolean; busy: number; lost: number; children: number }> {
    return (await fetch(`${this.url}/readyz`).then((response) => response.json())) as never;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGTERM");
    await this.process.exited;
    await this.coordinator[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export type ShardChanges = Omit<Partial<ShardRequest>, "extract"> & { extract?: Partial<ShardRequest["extract"]> };

export interface ShardOutcome {
  items: ReadItem[];
  progress: number;
  done: DoneLine | null;
}

/** An item as a test likes to look at it. */
export type ReadItem = TextItem | Exclude<ItemLine, ExtractedItem>;

export function readOutcome(answer: Uint8Array): ShardOutcome {
  const outcome: ShardOutcome = { items: [], progress: 0, done: null };
  const bytes = Buffer.from(answer);
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf("\n", at);
    const value = JSON.parse(bytes.toString("utf8", at, end)) as { line: string };
    at = end + 1;
    if (value.line === "progress") outcome.progress += 1;
    else if (value.line === "done") outcome.done = value as DoneLine;
    else {
      const item = itemLineSchema.parse(value);
      const text = bytes.subarray(at, (at += item.outcome === "extracted" ? item.textBytes : 0));
      outcome.items.push(item.outcome === "extracted" ? withTexts(item, text) : item);
    }
  }
  return outcome;
}

/** The texts of the pages, which fill what follows the line. */
export function withTexts({ textBytes, ...item }: ExtractedItem, text: Buffer): TextItem {
  let at = 0;
  const pages = item.pages.map(({ textBytes: bytes, ...page }) => ({
    ...page,
    text: bytes === null ? null : text.toString("utf8", at, (at += bytes)),
  }));
  if (at !== textBytes || text.length !== textBytes) throw new Error("the text is not what the line says");
  return { ...item, pages };
}

/** `state code text` of each item, to compare a whole shard at a glance. */
export function briefly(items: readonly ReadItem[]): string[] {
  return items.map((item) => {
    if (item.outcome === "failed") return `${item.ordinal} failed ${item.code}`;
    if (item.outcome === "known") return `${item.ordinal} known`;
    return `${item.ordinal} ${item.pages
      .map((page) => page.text?.trim())
      .join("|")
      .slice(0, 40)}`;
  });
}

/** Waits for a condition, and fails when it does not come. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${condition.toString()}`);
    await Bun.sleep(10);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function firstLineOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const reader = stream.getReader();
  let text = "";
  while (!text.includes("\n")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += Buffer.from(value).toString();
  }
  reader.releaseLock();
  return text.split("\n")[0] ?? "";
}
