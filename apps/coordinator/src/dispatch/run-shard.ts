import type { Logger } from "@sluice/serverkit";
import { commitWithRetries } from "../commit/commit-with-retries.ts";
import { Staging } from "../commit/staging.ts";
import type { Database } from "../db/database.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { loadShardItems, type PendingItem } from "../db/queries/load-shard-items.ts";
import { recordAttempt } from "../db/queries/record-attempt.ts";
import { settleEmptyShard } from "../db/queries/settle-empty-shard.ts";
import { fromRuns, type ShardJob } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { KnownWorker } from "../workers/list-workers.ts";
import { AttemptEnded } from "./attempt-ended.ts";
import type { BatchContext, BatchContexts } from "./batch-contexts.ts";
import { endAttempt } from "./end-attempt.ts";
import { receiveShard } from "./receive-shard.ts";

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 30_000;

export interface RunParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly contexts: BatchContexts;
  readonly coordinatorId: string;
  readonly spoolDir: string;
  readonly logger: Logger;
  /** Something of this batch has changed. */
  changed(batchId: string): void;
}

export interface ShardRun {
  readonly job: ShardJob;
  readonly worker: KnownWorker;
  /** Ends the attempt with its reason, an AttemptEnded. */
  readonly abort: AbortController;
  /** Called as soon as the worker has nothing more to do with the shard; the commit comes after. */
  onStreamEnd(end: AttemptEnded | null): void;
}

/** One attempt, from the job in hand to its end in the database. Throws only when the database does not let it end. */
export async function runShard(parts: RunParts, run: ShardRun): Promise<void> {
  const { job, worker } = run;
  const context = await parts.contexts.get(job.data.batchId);
  const { deduplicate } = context.options;
  const shard = { id: job.id, batchId: context.batchId, ordinals: fromRuns(job.data.runs) };
  const items = await loadShardItems(parts.database, shard, context, deduplicate);
  if (items.length === 0) {
    await settleEmptyShard(parts.database, parts.queue, job);
    return;
  }
  const attemptId = Bun.randomUUIDv7();
  await recordAttempt(parts.database, {
    id: attemptId,
    batchId: context.batchId,
    queue: job.queue,
    shardId: job.id,
    retryCount: job.retryCount,
    workerId: worker.workerId,
    coordinatorId: parts.coordinatorId,
    ordinals: items.map((item) => item.ordinal),
  });
  await using staging = new Staging(parts.spoolDir);
  try {
    await receiveAndCommit(parts, run, { attemptId, context, items, staging });
  } catch (error) {
    const end =
      error instanceof AttemptEnded ? error : new AttemptEnded("failed", { fault: String(error).slice(0, 300) });
    const log = { attemptId, batchId: context.batchId, workerId: worker.workerId, outcome: end.outcome, ...end.detail };
    if (end.outcome === "failed") parts.logger.error({ ...log, err: error }, "attempt failed");
    else if (end.outcome === "busy" || end.outcome === "fenced") parts.logger.debug(log, "attempt ended");
    else parts.logger.warn(log, "attempt ended");
    // Nothing of ours or of the database gets better by being tried again at once.
    if (end.outcome === "failed") await Bun.sleep(Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** job.retryCount));
    await endAttempt(
      parts,
      {
        attemptId,
        fence: job,
        batchId: context.batchId,
        classify: context.classifyHash !== null,
        priority: context.priority,
        ordinals: items.map((item) => item.ordinal),
      },
      end,
    );
  }
  parts.changed(context.batchId);
}

async function receiveAndCommit(
  parts: RunParts,
  run: ShardRun,
  attempt: { attemptId: string; context: BatchContext; items: readonly PendingItem[]; staging: Staging },
): Promise<void> {
  const { attemptId, context, items, staging } = attempt;
  const received = await receiveShard({ attemptId, context, items, worker: run.worker }, staging, run.abort).then(
    (shard) => {
      run.onStreamEnd(null);
      return shard;
    },
    (error: unknown) => {
      run.onStreamEnd(error instanceof AttemptEnded ? error : null);
      throw error;
    },
  );
  const uris = new Map(items.map((item) => [item.ordinal, item.uri]));
  const outcome = await commitWithRetries(
    parts,
    {
      attemptId,
      fence: run.job,
      hashes: context,
      deduplicate: context.options.deduplicate,
      priority: context.priority,
      items: received.items,
      staging,
      detail: {
        cpuMs: received.done.cpuMs,
        childRestarts: received.done.childRestarts,
        bytes: staging.byteLength,
        spooledBytes: staging.spooledBytes,
      },
      uriOf: (ordinal) => uris.get(ordinal) ?? "",
    },
    run.abort.signal,
  );
  if (outcome === "fenced") await closeAttempt(parts.database.pool, attemptId, "fenced", null);
}
