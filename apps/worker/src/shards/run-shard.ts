import type { DoneLine, ProgressLine, ShardLine, ShardRequest } from "@sluice/contracts";
import type { Logger } from "@sluice/serverkit";
import type { ExtractorLease } from "../extractors/pool/extractor-lease.ts";
import { LineStream } from "./line-stream.ts";

const PROGRESS_EVERY_MS = 1_000;

export interface RunningShard {
  readonly readable: ReadableStream<Uint8Array>;
  /** Settles when the slot is free again. */
  readonly ended: Promise<void>;
  /** Cuts the stream: its reader sees it break off. */
  cut(): void;
}

/**
 * Reads a shard on one slot as a stream of lines: `item` in order, `progress` every second, `done` last. The slot is
 * held until the stream has ended, and freed when the reader goes away. Anything that keeps a shard from its end breaks
 * the stream off without a `done` line, so that none of it is stored and another worker takes it.
 */
export function runShard(shard: ShardRequest, lease: ExtractorLease, logger: Logger): RunningShard {
  const stream = new LineStream(() => lease.cancel("cancelled"));
  let cut = false;
  const ended = readAll(shard, lease, stream)
    .catch((error: unknown) => {
      if (!cut) logger.error({ err: error, attemptId: shard.attemptId }, "a shard could not be read to its end");
      stream.fail(error instanceof Error ? error : new Error(String(error)));
    })
    .finally(() => lease.release());
  return {
    readable: stream.readable,
    ended,
    cut: () => {
      cut = true;
      lease.cancel("stopped");
      stream.fail(new Error("the worker is stopping"));
    },
  };
}

async function readAll(shard: ShardRequest, lease: ExtractorLease, stream: LineStream): Promise<void> {
  const { extract, store, classify, passwords } = shard;
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
    for await (const item of lease.read(shard.items, { extract, store, classify, passwords })) {
      items += 1;
      cpuMicros += item.cpuMicros;
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
