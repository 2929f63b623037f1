import { type DoneLine, PROTOCOL_VERSION, type ShardRequest } from "@sluice/contracts";
import { stageLine } from "../commit/stage-line.ts";
import type { StagedItem } from "../commit/staged-item.ts";
import type { Staging } from "../commit/staging.ts";
import { isDiskFull } from "../db/database-error.ts";
import type { PendingItem } from "../db/queries/load-shard-items.ts";
import type { KnownWorker } from "../workers/list-workers.ts";
import { AnswerReader } from "./answer-reader.ts";
import { AttemptEnded } from "./attempt-ended.ts";
import type { BatchContext } from "./batch-contexts.ts";
import { isRefused } from "./is-refused.ts";
import { NearEnd } from "./near-end.ts";
import { parseLine } from "./parse-line.ts";
import { sendShard } from "./send-shard.ts";
import { StreamWatch } from "./stream-watch.ts";

export interface ReceivedShard {
  readonly items: readonly StagedItem[];
  readonly done: DoneLine;
}

/**
 * Sends a shard to a worker and stages what it streams back, until its `done` line. AttemptEnded when it does not get so
 * far, or with `abort`'s reason when somebody ends it. `onNearEnd`: the worker will have a free slot in a moment.
 */
export async function receiveShard(
  shard: {
    attemptId: string;
    shardId: string;
    context: BatchContext;
    items: readonly PendingItem[];
    worker: KnownWorker;
    onNearEnd?: () => void;
  },
  staging: Staging,
  abort: AbortController,
): Promise<ReceivedShard> {
  using watch = new StreamWatch({ documentTimeoutMs: shard.context.options.documentTimeoutMs, abort });
  try {
    const response = await post(shard, abort.signal);
    return await readAnswer(response, shard, staging, watch);
  } catch (error) {
    if (abort.signal.aborted && abort.signal.reason instanceof AttemptEnded) throw abort.signal.reason;
    if (error instanceof AttemptEnded) throw error;
    if (isDiskFull(error)) throw new AttemptEnded("failed", { fault: "the spool directory is full" });
    throw new AttemptEnded("worker_lost", { fault: String(error).slice(0, 200), ordinal: watch.current });
  }
}

const NO_TEXT = new Uint8Array();

async function post(
  { attemptId, shardId, context, items, worker }: Parameters<typeof receiveShard>[0],
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const request: ShardRequest = {
    protocol: PROTOCOL_VERSION,
    attemptId,
    batchId: context.batchId,
    shardId,
    stage: "extract",
    ...context.request,
    items: items.map(({ sourceVersion: _sourceVersion, ...item }) => item),
  };
  let response: Response;
  try {
    response = await sendShard(worker, request, signal);
  } catch (error) {
    if (isRefused(error)) throw new AttemptEnded("unreachable", { fault: String(error).slice(0, 200) });
    throw error;
  }
  if (response.status === 200 && response.body !== null) return response.body;
  const fault = (await response.text()).slice(0, 300);
  throw new AttemptEnded(response.status === 429 ? "busy" : "unreachable", { status: response.status, fault });
}

async function readAnswer(
  body: ReadableStream<Uint8Array>,
  { context, items, onNearEnd }: Parameters<typeof receiveShard>[0],
  staging: Staging,
  watch: StreamWatch,
): Promise<ReceivedShard> {
  const awaited = new Map(items.map((item) => [item.ordinal, item]));
  const staged: StagedItem[] = [];
  // Items are answered in order: the first without a line is the one that is being read.
  const beingRead = () => awaited.keys().next().value ?? null;
  watch.reads(beingRead());
  const nearEnd = onNearEnd === undefined ? null : new NearEnd(items.length, onNearEnd);
  await using reader = new AnswerReader(body, { onBytes: () => watch.sawBytes() });
  for (let json = await reader.line(); json !== null; json = await reader.line()) {
    const line = parseLine(json);
    if (line.line === "progress") {
      if (line.handedBack === true) throw new AttemptEnded("stopped", { fault: "the worker stops" });
      continue;
    }
    if (line.line === "done") {
      if (awaited.size === 0) return { items: staged, done: line };
      throw new AttemptEnded("rejected", {
        fault: `${awaited.size} items have no line`,
        ordinal: beingRead(),
      });
    }
    const text = line.outcome === "extracted" ? await reader.bytes(line.textBytes) : null;
    if (line.outcome === "extracted" && text === null) break;
    watch.sawItem();
    const listed = awaited.get(line.ordinal);
    if (listed === undefined) {
      throw new AttemptEnded("rejected", { fault: "an item was not asked for, or came twice", ordinal: line.ordinal });
    }
    // Whoever could call any stored document the one that it read could show one batch's text in another.
    if (line.outcome === "known" && !listed.knownHashes.includes(line.contentHash)) {
      throw new AttemptEnded("rejected", { fault: "a hash was called known that was not sent", ordinal: line.ordinal });
    }
    awaited.delete(line.ordinal);
    watch.reads(beingRead());
    nearEnd?.sawItem(awaited.size);
    staged.push(await stageLine(line, text ?? NO_TEXT, listed, context, staging));
  }
  throw new AttemptEnded("worker_lost", { fault: "the stream ended without a done line", ordinal: watch.current });
}
