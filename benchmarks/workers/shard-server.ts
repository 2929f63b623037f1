import {
  LABEL_STREAM,
  type LabelDoneLine,
  type LabelLine,
  labelShardRequestSchema,
  type DoneLine,
  type ProgressLine,
  SHARD_STREAM,
  type ShardRequest,
  shardRequestSchema,
} from "@sluice/contracts";
import type { SyntheticDocuments } from "./synthetic-documents.ts";

/** A label with one call, as an LLM gives it. */
const SYNTHETIC_LABEL = {
  line: "item",
  outcome: "labelled",
  calls: [
    {
      server: "openai",
      model: "synthetic",
      modelDigest: null,
      promptHash: "0".repeat(64),
      outcome: "ok",
      inputTokens: 900,
      outputTokens: 20,
      latencyMs: 1,
      truncated: true,
      try: 1,
      costUsd: null,
    },
  ],
  classification: {
    state: "classified",
    category: "report",
    confidence: 0.9,
    terms: [],
    source: "llm",
    reason: "It reports on what was done in the year, and what is planned for the next one.",
  },
} satisfies Omit<Extract<LabelLine, { outcome: "labelled" }>, "ordinal">;

const PROGRESS_EVERY_MS = 1_000;
// As a real worker gathers its lines.
const CHUNK_BYTES = 256 << 10;

export interface ShardServerOptions {
  readonly slots: number;
  /** 0: as fast as the reader takes it. */
  readonly msPerDocument: number;
  readonly documents: SyntheticDocuments;
}

/** The worker's side of the shard protocol, on a port of its own: slots enforced with 429, lines in order, `done` last. */
export class ShardServer {
  readonly workerId = Bun.randomUUIDv7();
  readonly dispatchToken = `dispatch-${crypto.randomUUID()}`;
  readonly slots: number;
  readonly #options: ShardServerOptions;
  readonly #server: Bun.Server<undefined>;
  readonly #startedAt = performance.now();
  #busy = 0;
  #stopping = false;
  #stats = { shards: 0, documents: 0, refused: 0, busyMs: 0, labelled: 0 };
  /** When each of the shards in hand was taken, all added up. */
  #takenAtSum = 0;

  constructor(options: ShardServerOptions) {
    this.slots = options.slots;
    this.#options = options;
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      routes: {
        "/healthz": () => Response.json({ ok: true }),
        "/readyz": () => Response.json({ ok: true }),
        "/stats": () => Response.json(this.stats),
        "/v1/shards": { POST: (request) => this.#take(request) },
        "/v1/label-shards": { POST: (request) => this.#label(request) },
      },
      error: (error) => problem(500, "INTERNAL", error.message),
      fetch: () => problem(404, "NOT_FOUND"),
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`;
  }

  get busy(): number {
    return this.#busy;
  }

  /** Since the start; `busy`: slots that are taken now, `busyMs`: the time that slots were taken, over all of them. */
  get stats() {
    const now = performance.now();
    const busyMs = this.#stats.busyMs + this.#busy * now - this.#takenAtSum;
    return { ...this.#stats, busyMs, busy: this.#busy, upMs: now - this.#startedAt, slots: this.slots };
  }

  /** Judges at once: what that costs is not what is measured. */
  async #label(request: Request): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${this.dispatchToken}`) return problem(401, "UNAUTHORIZED");
    const { items } = labelShardRequestSchema.parse(await request.json());
    this.#stats.labelled += items.length;
    const done: LabelDoneLine = { line: "done", items: items.length, cpuMs: 0 };
    const lines: LabelLine[] = [...items.map(({ ordinal }): LabelLine => ({ ordinal, ...SYNTHETIC_LABEL })), done];
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    return new Response(body, { headers: { "content-type": LABEL_STREAM } });
  }

  /** Hands back what runs, then closes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.race([this.#server.stop(), Bun.sleep(PROGRESS_EVERY_MS + 200)]);
    await this.#server.stop(true);
  }

  async #take(request: Request): Promise<Response> {
    if (request.headers.get("authorization") !== `Bearer ${this.dispatchToken}`) return problem(401, "UNAUTHORIZED");
    const shard = shardRequestSchema.parse(await request.json());
    if (this.#stopping) return problem(503, "SHUTTING_DOWN");
    if (this.#busy >= this.slots) {
      this.#stats.refused += 1;
      return problem(429, "BUSY");
    }
    this.#busy += 1;
    const takenAt = performance.now();
    this.#takenAtSum += takenAt;
    let held = true;
    const free = (): void => {
      if (!held) return;
      held = false;
      this.#busy -= 1;
      this.#takenAtSum -= takenAt;
      this.#stats.busyMs += performance.now() - takenAt;
    };
    return new Response(this.#answer(shard, free), { headers: { "content-type": SHARD_STREAM } });
  }

  #answer(shard: ShardRequest, free: () => void): ReadableStream<Uint8Array> {
    const { msPerDocument, documents } = this.#options;
    const startedAt = performance.now();
    const labelled = shard.classify !== null;
    let sent = 0;
    let greeted = false;
    const progress = (handedBack?: true): Uint8Array => {
      const current = shard.items[sent];
      const sinceMs = performance.now() - startedAt - sent * msPerDocument;
      const line: ProgressLine = {
        line: "progress",
        done: sent,
        current: current === undefined ? null : { ordinal: current.ordinal, sinceMs, pid: process.pid },
      };
      return encode(handedBack === true ? { ...line, handedBack } : line);
    };
    const isDue = (): boolean => msPerDocument === 0 || performance.now() - startedAt >= (sent + 1) * msPerDocument;
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      // The response's headers travel with its first bytes.
      if (!greeted) {
        greeted = true;
        if (msPerDocument > 0) return controller.enqueue(progress());
      }
      if (sent < shard.items.length && !isDue()) {
        const untilDueMs = (sent + 1) * msPerDocument - (performance.now() - startedAt);
        await Bun.sleep(Math.min(untilDueMs, PROGRESS_EVERY_MS));
      }
      if (this.#stopping) {
        controller.enqueue(progress(true));
        controller.close();
        return free();
      }
      const pieces: Uint8Array[] = [];
      let bytes = 0;
      for (let item = shard.items[sent]; item !== undefined && isDue() && bytes < CHUNK_BYTES;) {
        for (const piece of documents.line(item, labelled)) {
          pieces.push(piece);
          bytes += piece.byteLength;
        }
        sent += 1;
        item = shard.items[sent];
      }
      this.#stats.documents += pieces.length / 2;
      const ended = sent === shard.items.length;
      if (ended) {
        const done: DoneLine = { line: "done", items: sent, cpuMs: sent, childRestarts: 0 };
        pieces.push(encode(done));
      }
      controller.enqueue(pieces.length === 0 ? progress() : Buffer.concat(pieces));
      if (!ended) return;
      this.#stats.shards += 1;
      controller.close();
      free();
    };
    return new ReadableStream<Uint8Array>({ pull, cancel: free }, { highWaterMark: 0 });
  }
}

function encode(line: ProgressLine | DoneLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

function problem(status: number, code: string, detail = ""): Response {
  const body = { type: "about:blank", title: code, status, code, detail, advice: "" };
  const headers = { "content-type": "application/problem+json", ...(status === 429 ? { "retry-after": "1" } : {}) };
  return Response.json(body, { status, headers });
}
