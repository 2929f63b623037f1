import type { SluiceClient } from "@sluice/client";
import {
  encodeItem,
  type FailedItem,
  type KnownItem,
  PROTOCOL_VERSION,
  SHARD_STREAM,
  type ShardItem,
  type ShardLine,
  type ShardRequest,
  shardRequestSchema,
  type TextItem,
  type WorkerRegistration,
} from "@sluice/contracts";
import { extractedItem } from "./extracted-item.ts";

/** An item as a script gives it: with its text in place. */
export type FakeItem = TextItem | KnownItem | FailedItem;

/** What a script has at hand to answer one shard, line by line, and to go wrong in every way a worker can. */
export interface ShardReply {
  item(item: FakeItem): void;
  /** A `progress` line: what is being read, and since when. */
  progress(current?: { ordinal: number; sinceMs: number } | null): void;
  done(): void;
  /** Any text, for what is no line of the protocol. */
  raw(text: string): void;
  /** Breaks the connection in mid-answer, as a killed worker does. */
  cut(): void;
  /** Aborted when the coordinator has gone. */
  readonly signal: AbortSignal;
}

/** Answers a shard: through `reply`, ending the stream when it returns, or with a whole response of its own. */
export type ShardScript = (shard: ShardRequest, reply: ShardReply) => void | Response | Promise<void | Response>;

export interface FakeWorkerOptions {
  slots?: number;
  engineVersion?: string;
  /** Default: `succeedAll`. */
  script?: ShardScript;
}

export interface FakeWorker extends AsyncDisposable {
  readonly url: string;
  readonly workerId: string;
  /** Every shard it was handed, refused ones included. */
  readonly shards: readonly ShardRequest[];
  /** Shards being answered now. */
  readonly busy: number;
  /** Another behaviour from the next shard on. */
  setScript(script: ShardScript): void;
  registration(): WorkerRegistration;
  /** Registers, and renews every second until it is stopped. */
  register(client: SluiceClient): Promise<void>;
  /** Closes its port and breaks all connections, without a farewell to the coordinator. */
  stop(): Promise<void>;
}

/** Every item extracted, with one page of text that names its ordinal. */
export const succeedAll: ShardScript = (shard, reply) => {
  for (const item of shard.items) reply.item(extractedItem(item));
  reply.done();
};

/** Answers each item as `answer` says, then is done. */
export function answerItems(answer: (item: ShardItem) => FakeItem): ShardScript {
  return (shard, reply) => {
    for (const item of shard.items) reply.item(answer(item));
    reply.done();
  };
}

/** Refuses shards like a worker whose slots are taken. */
export const refuseBusy: ShardScript = () => problem(429, "BUSY", { "retry-after": "1" });

/** Refuses shards like a worker of another engine version. */
export const refuseEngine: ShardScript = () => problem(409, "ENGINE_MISMATCH");

/** A worker without an engine: it speaks the shard protocol and answers by script. Stops with its scope. */
export function fakeWorker(options: FakeWorkerOptions = {}): FakeWorker {
  const workerId = Bun.randomUUIDv7();
  const dispatchToken = `dispatch-${crypto.randomUUID()}`;
  const shards: ShardRequest[] = [];
  const slots = options.slots ?? 1;
  let script = options.script ?? succeedAll;
  let busy = 0;
  let renewal: Timer | undefined;
  let stopped: Promise<void> | undefined;

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    routes: {
      "/healthz": Response.json({ ok: true }),
      "/readyz": Response.json({ ok: true }),
      "/v1/shards": {
        POST: async (request) => {
          if (request.headers.get("authorization") !== `Bearer ${dispatchToken}`) return problem(401, "UNAUTHORIZED");
          const shard = shardRequestSchema.parse(await request.json());
          shards.push(shard);
          if (busy >= slots) return problem(429, "BUSY", { "retry-after": "1" });
          busy += 1;
          return await answer(shard, script, request.signal, () => {
            busy -= 1;
          });
        },
      },
    },
    error: (error) => problem(500, "INTERNAL", {}, error.message),
    fetch: () => problem(404, "NOT_FOUND"),
  });
  const url = `http://127.0.0.1:${server.port}`;

  const worker: FakeWorker = {
    url,
    workerId,
    shards,
    get busy() {
      return busy;
    },
    setScript(next) {
      script = next;
    },
    registration: () => ({
      protocol: PROTOCOL_VERSION,
      workerId,
      address: url,
      slots,
      busySlots: Math.min(busy, slots),
      engineVersion: options.engineVersion ?? "fake-1",
      classifiers: ["rules", "none"],
      host: "fake",
      pid: process.pid,
      dispatchToken,
    }),
    async register(client) {
      await client.registerWorker(worker.registration());
      clearInterval(renewal);
      renewal = setInterval(() => void client.registerWorker(worker.registration()).catch(() => {}), 1_000);
      renewal.unref();
    },
    stop() {
      clearInterval(renewal);
      return (stopped ??= server.stop(true));
    },
    [Symbol.asyncDispose]: () => worker.stop(),
  };
  return worker;
}

/** Runs the script. A stream starts with its first line; a script that returns a response has sent none. */
async function answer(
  shard: ShardRequest,
  script: ShardScript,
  signal: AbortSignal,
  onEnd: () => void,
): Promise<Response> {
  const encoder = new TextEncoder();
  const started = Promise.withResolvers<Response>();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let open = true;
  let items = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
    },
    cancel: () => {
      open = false;
    },
  });
  const streamed = new Response(body, { headers: { "content-type": SHARD_STREAM } });
  const sendBytes = (bytes: Uint8Array) => {
    if (open && bytes.length > 0) controller?.enqueue(bytes);
    started.resolve(streamed);
  };
  const send = (text: string) => sendBytes(encoder.encode(text));
  const line = (value: ShardLine) => send(`${JSON.stringify(value)}\n`);
  const end = (error?: Error) => {
    if (!open) return;
    open = false;
    if (error === undefined) controller?.close();
    else controller?.error(error);
  };
  const reply: ShardReply = {
    item(value) {
      items += 1;
      sendBytes(encodeItem(value));
    },
    progress(current = null) {
      line({ line: "progress", done: items, current: current === null ? null : { ...current, pid: process.pid } });
    },
    done: () => line({ line: "done", items, cpuMs: items, childRestarts: 0 }),
    raw: send,
    cut: () => end(new Error("cut by the test")),
    signal,
  };
  void (async () => {
    try {
      const whole = await script(shard, reply);
      if (whole instanceof Response) started.resolve(whole);
      else send("");
      end();
    } catch (error) {
      started.reject(error);
      end(error instanceof Error ? error : new Error(String(error)));
    } finally {
      onEnd();
    }
  })();
  return await started.promise;
}

function problem(status: number, code: string, headers: Record<string, string> = {}, detail = "as scripted"): Response {
  const body = { type: "about:blank", title: code, status, code, detail, advice: "" };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json", ...headers } });
}
