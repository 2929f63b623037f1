import { AppError, type LabelItem, type LabelLine, type LabelShardRequest } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import type { RunningShard } from "../shards/run-shard.ts";
import { LineStream } from "../shards/line-stream.ts";
import type { Judge, Labeller, LabelVerdict } from "./labeller.ts";
import { storedInput } from "./stored-input.ts";

const PROGRESS_EVERY_MS = 1_000;
// What judges in this process gives way to requests and heartbeats.
const GIVE_WAY_MS = 10;

export const LABEL_SHARD_ENDS = ["done", "handed_back", "left", "broken"] as const;

/** What is measured of label shards. */
export interface LabelMetrics {
  judged(outcome: LabelVerdict["outcome"]): void;
  labelShardEnded(end: (typeof LABEL_SHARD_ENDS)[number]): void;
}

/**
 * Judges the documents of a shard and streams their lines, as many at a time as the labeller says, in the order in which they end. As
 * with shards that are read, only a `done` line makes it count: the worker's stop is told, and anything else breaks the stream off.
 */
export function runLabelShard(
  shard: LabelShardRequest,
  labeller: Labeller,
  { logger, metrics }: { logger: Logger; metrics: LabelMetrics },
): RunningShard {
  const abort = new AbortController();
  let end: "left" | "handed_back" | null = null;
  const stream = new LineStream(() => {
    end ??= "left";
    abort.abort();
  });
  const ended = judgeAll(shard, labeller, stream, { signal: abort.signal, metrics }).then(
    () => metrics.labelShardEnded("done"),
    (error: unknown) => {
      metrics.labelShardEnded(end ?? "broken");
      if (end === "handed_back") {
        stream.push([encode({ line: "progress", done: 0, handedBack: true })]);
        stream.end();
        logger.info("a label shard was handed back: the worker is stopping");
      } else if (end === "left") {
        logger.info("a label shard's reader went away");
      } else {
        logger[error instanceof AppError ? "warn" : "error"]({ err: error }, "a label shard could not be judged");
        stream.fail(error instanceof Error ? error : new Error(String(error)));
      }
    },
  );
  return {
    readable: stream.readable,
    ended,
    handBack: () => {
      end ??= "handed_back";
      abort.abort();
      stream.openTheGate();
    },
  };
}

async function judgeAll(
  shard: LabelShardRequest,
  labeller: Labeller,
  stream: LineStream,
  { signal, metrics }: { signal: AbortSignal; metrics: LabelMetrics },
): Promise<void> {
  let items = 0;
  const tellProgress = (): void => {
    if (stream.drained) stream.push([encode({ line: "progress", done: items })]);
  };
  // At once too: the response's headers travel with its first bytes.
  tellProgress();
  const timer = setInterval(tellProgress, PROGRESS_EVERY_MS);
  const cpu = process.cpuUsage();
  try {
    const judge = await openJudge(labeller, shard);
    const waiting = shard.items.values();
    const one = async (): Promise<void> => {
      let gaveWayAt = performance.now();
      for (const item of waiting) {
        signal.throwIfAborted();
        const verdict = await judgeItem(judge, item, signal);
        signal.throwIfAborted();
        metrics.judged(verdict.outcome);
        items += 1;
        stream.push([encode(lineOf(item, verdict))]);
        await stream.room();
        if (performance.now() - gaveWayAt < GIVE_WAY_MS) continue;
        await new Promise((later) => setImmediate(later));
        gaveWayAt = performance.now();
      }
    };
    await Promise.all(Array.from({ length: Math.min(labeller.atATime, shard.items.length) }, one));
  } finally {
    clearInterval(timer);
  }
  const { user, system } = process.cpuUsage(cpu);
  stream.push([encode({ line: "done", items, cpuMs: (user + system) / 1_000 })]);
  stream.end();
}

/** Settings that are not for it (a taxonomy too large for its context) are the documents' failure: the next try would end alike. */
async function openJudge(labeller: Labeller, { classify }: LabelShardRequest): Promise<Judge> {
  try {
    return await labeller.judge(classify);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return () => ({ outcome: "failed", code: "CLASSIFY_FAILED", message: error.message });
  }
}

function judgeItem(judge: Judge, item: LabelItem, signal: AbortSignal): LabelVerdict | Promise<LabelVerdict> {
  return judge(storedInput(item), signal);
}

function lineOf({ ordinal }: LabelItem, { calls = [], ...verdict }: LabelVerdict): LabelLine {
  return { line: "item", ordinal, calls: [...calls], ...verdict } as LabelLine;
}

function encode(line: LabelLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}
