import {
  encodeItem,
  LABEL_STREAM,
  type Labeller as LabellerAnnounced,
  type LabelShardRequest,
  PROTOCOL_VERSION,
  SHARD_STREAM,
  type ShardItem,
  type ShardRequest,
  type TextItem,
} from "@sluice/contracts";

export const TEST_ENGINE = "test-1";

export interface FakeWorkerOptions {
  slots?: number;
  engineVersion?: string;
  classifiers?: string[];
  /** What it judges stored text by. */
  labellers?: LabellerAnnounced[];
  /** The lines of an answer to a label shard. */
  label?: (request: LabelShardRequest, signal: AbortSignal) => AsyncGenerator<object | string>;
  /** The lines of an answer: objects, or text to be sent as it is. Throwing breaks the stream. */
  answer?: (request: ShardRequest, signal: AbortSignal) => AsyncGenerator<object | string>;
  /** Answers with this status instead, when it returns one. */
  refuse?: (request: ShardRequest) => number | null;
}

export interface FakeWorker extends AsyncDisposable {
  readonly id: string;
  readonly address: string;
  readonly requests: ShardRequest[];
  readonly labelRequests: LabelShardRequest[];
  /** How many shards it is reading now. */
  readonly running: number;
  register(): Promise<Response>;
  /** Dies as kill -9 does: open streams break, nobody listens, it renews no more. */
  kill(): Promise<void>;
}

/** A worker as a coordinator sees it, with scripted behaviour. */
export async function startFakeWorker(
  coordinator: { url: string; workerToken: string },
  options: FakeWorkerOptions = {},
): Promise<FakeWorker> {
  const id = Bun.randomUUIDv7();
  const dispatchToken = crypto.randomUUID();
  const requests: ShardRequest[] = [];
  const labelRequests: LabelShardRequest[] = [];
  const labelling = new Set<AbortController>();
  const aborts = new Set<AbortController>();
  const answer = options.answer ?? answerAll();
  let dead = false;
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    // Streams that break are what some tests are about.
    error: () => new Response(null, { status: 500 }),
    fetch: async (request) => {
      if (request.headers.get("authorization") !== `Bearer ${dispatchToken}`)
        return new Response(null, { status: 401 });
      if (new URL(request.url).pathname === "/v1/label-shards") {
        const labels = (await request.json()) as LabelShardRequest;
        if (options.label === undefined) return new Response("no labels here", { status: 404 });
        labelRequests.push(labels);
        const abort = new AbortController();
        labelling.add(abort);
        return new Response(
          streamOf(options.label(labels, abort.signal), abort, () => labelling.delete(abort)),
          { headers: { "content-type": LABEL_STREAM } },
        );
      }
      const shard = (await request.json()) as ShardRequest;
      const status = options.refuse?.(shard) ?? null;
      if (status !== null) return new Response("refused", { status });
      if (aborts.size >= (options.slots ?? 2)) return new Response("busy", { status: 429 });
      requests.push(shard);
      const abort = new AbortController();
      aborts.add(abort);
      return new Response(
        streamOf(answer(shard, abort.signal), abort, () => aborts.delete(abort)),
        {
          headers: { "content-type": SHARD_STREAM },
        },
      );
    },
  });
  const address = `http://127.0.0.1:${server.port}`;
  const register = () =>
    fetch(`${coordinator.url}/v1/workers`, {
      method: "POST",
      headers: { authorization: `Bearer ${coordinator.workerToken}`, "content-type": "application/json" },
      body: JSON.stringify({
        protocol: PROTOCOL_VERSION,
        workerId: id,
        address,
        slots: options.slots ?? 2,
        busySlots: aborts.size,
        engineVersion: options.engineVersion ?? TEST_ENGINE,
        classifiers: options.classifiers ?? ["rules@1", ...(options.labellers ?? []).map((one) => one.classifier)],
        labellers: options.labellers ?? [],
        host: "test",
        pid: process.pid,
        dispatchToken,
      }),
    });
  const response = await register();
  if (!response.ok) throw new Error(`registration refused: ${response.status} ${await response.text()}`);
  const renewal = setInterval(() => {
    if (!dead) void register().catch(() => undefined);
  }, 1_000);
  const kill = async () => {
    dead = true;
    clearInterval(renewal);
    for (const abort of [...aborts, ...labelling]) abort.abort(new Error("killed"));
    await server.stop(true);
  };
  return {
    id,
    address,
    requests,
    labelRequests,
    get running() {
      return aborts.size;
    },
    register,
    kill,
    [Symbol.asyncDispose]: async () => {
      const wasDead = dead;
      await kill();
      if (wasDead) return;
      await fetch(`${coordinator.url}/v1/workers/${id}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${coordinator.workerToken}` },
      }).catch(() => undefined);
    },
  };
}

function streamOf(lines: AsyncGenerator<object | string>, abort: AbortController, end: () => void): ReadableStream {
  const encoder = new TextEncoder();
  const killed = Promise.withResolvers<never>();
  killed.promise.catch(() => undefined);
  abort.signal.addEventListener("abort", () => killed.reject(abort.signal.reason));
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await Promise.race([lines.next(), killed.promise]);
        if (done) {
          end();
          controller.close();
        } else {
          controller.enqueue(typeof value === "string" ? encoder.encode(value) : encodeLine(value));
        }
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    cancel() {
      end();
      abort.abort(new Error("cancelled"));
    },
  });
}

/** A line as it travels; the texts of a document's pages follow it. */
function encodeLine(line: object): Uint8Array {
  // Lines of tests may be anything; those of documents are told by what they have.
  if ("pages" in line && Array.isArray(line.pages)) return encodeItem(line as TextItem);
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Answers each item, then `done`. Known bytes are recognised as a worker does. */
export function answerAll(
  lineOf: (item: ShardItem, request: ShardRequest) => object | Promise<object> = documentLine,
): NonNullable<FakeWorkerOptions["answer"]> {
  return async function* (request) {
    for (const item of request.items) yield await lineOf(item, request);
    yield doneLine(request);
  };
}

export function doneLine(request: ShardRequest): object {
  return { line: "done", items: request.items.length, cpuMs: 1, childRestarts: 0 };
}

export function sha256(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/** A fake document is known by the last part of its URI; `name~copy` has the bytes of `name`. */
export function contentOf(uri: string): string {
  return uri.replace(/^.*\//, "").replace(/~.*$/, "");
}

const LABEL = {
  state: "classified",
  category: "invoice",
  confidence: 0.9,
  terms: [{ term: "invoice", weight: 2, where: "title" }],
};

export function documentLine(item: ShardItem, request: ShardRequest | boolean, over: object = {}): object {
  const classify = typeof request === "boolean" ? request : request.classify !== null;
  const contentHash = sha256(contentOf(item.uri));
  const base = {
    line: "item",
    ordinal: item.ordinal,
    sizeBytes: item.sizeBytes,
    sourceVersion: "1:1",
    cpuMs: 1,
    contentHash,
  };
  if (item.knownHashes.includes(contentHash)) return { ...base, outcome: "known" };
  return {
    ...base,
    outcome: "extracted",
    format: "pdf",
    pageCount: 2,
    pages: [
      { verdict: "text", chars: 5, text: `first page of ${contentOf(item.uri)}` },
      { verdict: "sparse", chars: 1, text: "2" },
    ],
    needsOcr: false,
    partial: false,
    metadata: { title: `Title of ${contentOf(item.uri)}` },
    warnings: [],
    classification: classify ? LABEL : null,
    ...over,
  };
}

export function failedLine(item: ShardItem, code = "INVALID_PDF"): object {
  return { line: "item", ordinal: item.ordinal, outcome: "failed", code, message: `${code} it is`, cpuMs: 1 };
}

/** As a worker announces what judges stored text. */
export function labellerOf(classifier: string, over: Partial<LabellerAnnounced> = {}): LabellerAnnounced {
  return { classifier, slots: 2, busySlots: 0, documents: 4, available: true, pace: null, ...over };
}

/** Judges each document of a label shard by its text, then is done. */
export function labelAll(
  lineOf: (
    item: LabelShardRequest["items"][number],
    request: LabelShardRequest,
  ) => object | Promise<object> = labelLine,
): NonNullable<FakeWorkerOptions["label"]> {
  return async function* (request) {
    for (const item of request.items) yield await lineOf(item, request);
    yield { line: "done", items: request.items.length, cpuMs: 1 };
  };
}

/** An LLM's label with one call. */
export function labelLine(item: { ordinal: number }, _request?: unknown, over: object = {}): object {
  return {
    line: "item",
    ordinal: item.ordinal,
    outcome: "labelled",
    calls: [llmCall()],
    classification: {
      state: "classified",
      category: "contract",
      confidence: 0.8,
      terms: [],
      source: "llm",
      reason: "It binds two parties.",
    },
    ...over,
  };
}

export function llmCall(over: object = {}): object {
  return {
    server: "ollama",
    model: "tiny",
    modelDigest: "abc",
    promptHash: "0".repeat(64),
    outcome: "ok",
    inputTokens: 100,
    outputTokens: 5,
    latencyMs: 20,
    truncated: false,
    try: 1,
    costUsd: null,
    ...over,
  };
}
