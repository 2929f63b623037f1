import { availableParallelism } from "node:os";
import {
  batchOptionsSchema,
  PROTOCOL_VERSION,
  type ShardItem,
  type ShardRequest,
  type WorkerRegistration,
  workerRegistrationSchema,
} from "@sluice/contracts";
import { startWorker } from "@sluice/launcher";

const TOKEN = "a-token-of-one-worker";
const NEWLINE = 10;

export interface OneWorker extends AsyncDisposable {
  /** Has a shard read to its end, unlabelled, and looks at its last line only. Throws when it is not `done`. */
  run(items: readonly ShardItem[]): Promise<{ items: number; childRestarts: number }>;
}

/** A real worker as a process, without a coordinator: this process takes its registration and hands it shards. */
export async function startOneWorker(slots = availableParallelism()): Promise<OneWorker> {
  const registered = Promise.withResolvers<WorkerRegistration>();
  const coordinator = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      if (request.method === "POST") registered.resolve(workerRegistrationSchema.parse(await request.json()));
      return Response.json({ renewEveryMs: 5_000, expiresAfterMs: 20_000, drain: false });
    },
  });
  const url = `http://127.0.0.1:${coordinator.port}`;
  const part = await startWorker({ coordinators: [url], token: TOKEN, workers: slots, logLevel: "warn" });
  const { address, dispatchToken, engineVersion } = await registered.promise;
  return {
    run: async (items) => {
      const response = await fetch(`${address}/v1/shards`, {
        method: "POST",
        headers: { authorization: `Bearer ${dispatchToken}`, "content-type": "application/json" },
        body: JSON.stringify(shardOf(engineVersion, items)),
      });
      if (response.status !== 200 || response.body === null) throw new Error(await response.text());
      const done = JSON.parse(await lastLine(response.body)) as { line: string; items: number; childRestarts: number };
      if (done.line !== "done") throw new Error("the shard was not read to its end");
      return done;
    },
    [Symbol.asyncDispose]: async () => {
      await part.stop();
      await coordinator.stop(true);
    },
  };
}

function shardOf(engineVersion: string, items: readonly ShardItem[]): ShardRequest {
  const { maxPages, maxTextBytes, maxDocumentBytes, documentTimeoutMs, documentMemoryMb } = batchOptionsSchema.parse(
    {},
  );
  return {
    protocol: PROTOCOL_VERSION,
    attemptId: Bun.randomUUIDv7(),
    batchId: Bun.randomUUIDv7(),
    stage: "extract",
    engineVersion,
    extract: { maxPages, maxTextBytes, maxDocumentBytes, documentTimeoutMs, documentMemoryMb },
    store: "full",
    classify: null,
    passwords: [],
    items: [...items],
  };
}

/** Text behind a line holds newlines too, but the last line has none behind it. */
async function lastLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let tail: Uint8Array = new Uint8Array();
  for await (const chunk of stream) {
    tail = chunk.length >= TAIL_BYTES ? chunk.slice(-TAIL_BYTES) : Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
  }
  const end = tail.at(-1) === NEWLINE ? tail.length - 1 : tail.length;
  return Buffer.from(tail.subarray(tail.lastIndexOf(NEWLINE, end - 1) + 1, end)).toString();
}

// Longer than a done line is.
const TAIL_BYTES = 1 << 10;
