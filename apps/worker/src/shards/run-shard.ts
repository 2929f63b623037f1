import { AppError, type DoneLine, type ProgressLine, type ShardLine, type ShardRequest } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import type { ExtractorLease, ItemBytes } from "../extractors/pool/extractor-lease.ts";
import { LineStream } from "./line-stream.ts";

const PROGRESS_EVERY_MS = 1_000;

export const SHARD_ENDS = ["done", "handed_back", "left", "broken"] as const;

/** What is measured of shards. */
export interface ShardMetrics {
  documentRead(item: ItemBytes): void;
  shardEnded(end: (typeof SHARD_ENDS)[number]): void;
}

export interface RunningShard {
  readonly readable: ReadableStream<Uint8Array>;
  /** Settles when the slot is free again. */
  readonly ended: Promise<void>;
  /** Ends it before its end: its reader is told that the rest, which is all of it, is handed back. */
  handBack(): void;
}

/**
 * Reads a shard on one slot as a stream of lines: `item` in order, `progress` every second, `done` last. The slot is
 * held until the stream has ended, and freed when the reader goes away. A worker that stops says that it hands the shard
 * back; anything else that keeps a shard from its end breaks the stream off. Either way there is no `done` line, so that
 * none of it is stored and another worker takes it.
 */
export function runShard(
  shard: ShardRequest,
  lease: ExtractorLease,
  { logger, metrics, modelFile }: { logger: Logger; metrics: ShardMetrics; modelFile?: string | undefined },
): RunningShard {
  let left = false;
  let handedBack = false;
  const stream = new LineStream(() => {
    left = true;
    lease.cancel("cancelled");
  });
  const ended = readAll({ ...shard, modelFile }, lease, stream, metrics)
    .then(() => metrics.shardEnded("done"))
    .catch((error: unknown) => {
      if (handedBack) {
        const progress: ProgressLine = { line: "progress", done: 0, current: null, handedBack: true };
        stream.push([encode(progress)]);
        stream.end();
        metrics.shardEnded("handed_back");
        logger.info("a shard was handed back: the worker is stopping");
      } else if (left) {
        // Its coordinator ended it or is gone; what became of the attempt is told there.
        metrics.shardEnded("left");
        logger.info("a shard's reader went away");
      } else {
        metrics.shardEnded("broken");
        // What it names itself (no slot, no fresh extractor) is met by another try; anything else is a defect.
        logger[error instanceof AppError ? "warn" : "error"]({ err: error }, "a shard could not be read to its end");
        stream.fail(error instanceof Error ? error : new Error(String(error)));
      }
    })
    .finally(() => lease.release());
  return {
    readable: stream.readable,
    ended,
    handBack: () => {
      handedBack = true;
      lease.cancel("stopped");
      // A reader that is behind must not hold up the end.
      stream.openTheGate();
    },
  };
}

async function readAll(
  shard: ShardRequest & { readonly modelFile: string | undefined },
  lease: ExtractorLease,
  stream: LineStream,
  metrics: ShardMetrics,
): Promise<void> {
  const { extract, store, classify, passwords, modelFile } = shard;
  let items = 0;
  let cpuMicros = 0;
  const tellProgress = (): void => {
    const progress: ProgressLine = { line: "progress", done: items, current: lease.current };
    // A reader that is behind learns nothing from another line.
    if (stream.drained) stream.push([encode(progress)]);
  };
  // At once too: the response's headers travel with its first bytes, and tell the coordinator that the slot is its own.
  tellProgress();
  const timer = setInterval(tellProgress, PROGRESS_EVERY_MS);
  try {
    for await (const item of lease.read(shard.items, { extract, store, classify, passwords, modelFile })) {
      items += 1;
      cpuMicros += item.cpuMicros;
      metrics.documentRead(item);
      stream.push(item.line);
      await stream.room();
    }
  } finally {
    clearInterval(timer);
  }
  if (items < shard.items.length) throw new Error("the shard was cancelled");
  const done: DoneLine = { line: "done", items, cpuMs: cpuMicros / 1_000, childRestarts: lease.childRestarts };
  stream.push([encode(done)]);
  stream.end();
}

function encode(line: ShardLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}
