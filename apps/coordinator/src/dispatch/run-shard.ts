import { type Logger, waitOrAbort } from "@sluice/serverkit";
import type { BlobLinks } from "../blobs/blob-links.ts";
import type { BlobStore } from "../blobs/blob-store.ts";
import { type CommitMode, commitShard, type FinishedShard } from "../commit/commit-shard.ts";
import { commitWithRetries } from "../commit/commit-with-retries.ts";
import type { StoreRoom } from "../commit/store-room.ts";
import { Staging, type StagingMemory } from "../commit/staging.ts";
import type { Database } from "../db/database.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { loadShardItems, type PendingItem } from "../db/queries/load-shard-items.ts";
import { recordAttempt } from "../db/queries/record-attempt.ts";
import { settleEmptyShard } from "../db/queries/settle-empty-shard.ts";
import type { Turns } from "../db/turns.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import type { CoordinatorMetrics } from "../metrics/coordinator-metrics.ts";
import { fromRuns, type ShardJob } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { KnownWorker } from "../workers/list-workers.ts";
import { linkUploads } from "../uploads/link-uploads.ts";
import { AttemptEnded } from "./attempt-ended.ts";
import type { BatchContext, BatchContexts } from "./batch-contexts.ts";
import { putAside } from "../controls/put-aside.ts";
import { endAttempt } from "./end-attempt.ts";
import { holdSurplus } from "./hold-surplus.ts";
import { logEnd } from "./log-end.ts";
import { ownSlot } from "./own-slot.ts";
import { receiveShard } from "./receive-shard.ts";
import { releaseNext } from "./release-next.ts";

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 30_000;

export interface RunParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly contexts: BatchContexts;
  readonly coordinatorId: string;
  readonly spoolDir: string;
  readonly stagingMemory: StagingMemory;
  /** Commits at a time: fewer than there are connections, because a shard that is to be sent must not wait for one. */
  readonly commitTurns: Turns;
  readonly storeRoom: StoreRoom;
  readonly keepDays: number;
  readonly blobs: BlobStore | null;
  readonly blobLinks: BlobLinks;
  /** The first rest of a source that did not answer. */
  readonly sourceRetryMs: number;
  readonly logger: Logger;
  readonly metrics: CoordinatorMetrics;
  /** What a commit needs to know of the stage that gives the labels of a batch. */
  labelStageOf(labelQueue: string | null): LabelStage | null;
  /** There may be something to judge. */
  labelsAdded(): void;
  /** A batch has ended here, with nothing pending. */
  batchDone(batchId: string): void;
  /** Something of this batch has changed. */
  changed(batchId: string): void;
}

export interface ShardRun {
  readonly job: ShardJob;
  readonly worker: KnownWorker;
  /** How the shard ends that the worker reads on the same slot until then; null when the slot is free. */
  readonly before: Promise<AttemptEnded | null> | null;
  /** Ends the attempt with its reason, an AttemptEnded. */
  readonly abort: AbortController;
  /** Called as soon as the worker has nothing more to do with the shard; the commit comes after. */
  onStreamEnd(end: AttemptEnded | null): void;
  /** Called when that is a moment away: another shard may be fetched for the same slot. */
  onNearEnd(): void;
}

/** One attempt, from the job in hand to its end in the database. Throws only when the database does not let it end. */
export async function runShard(parts: RunParts, run: ShardRun): Promise<void> {
  const { job } = run;
  const context = await parts.contexts.get(job.data.batchId);
  await runInContext(parts, run, context);
  const { maxConcurrent } = context.options;
  if (maxConcurrent !== null) await releaseNext(parts, context.batchId, job.queue, maxConcurrent);
}

async function runInContext(parts: RunParts, run: ShardRun, remembered: BatchContext): Promise<void> {
  const { job, worker } = run;
  const { metrics } = parts;
  let context = remembered;
  const { deduplicate, maxConcurrent } = context.options;
  const shard = { id: job.id, batchId: context.batchId, ordinals: fromRuns(job.data.runs) };
  const pending = await loadShardItems(parts.database, shard, neededOf(context), deduplicate);
  const items = await linkUploads(parts, pending, context.options);
  if (items.length === 0) {
    await settleEmptyShard(parts.database, parts.queue, job);
    return;
  }
  const attemptId = Bun.randomUUIDv7();
  const permit = await recordAttempt(parts.database, {
    id: attemptId,
    batchId: context.batchId,
    stage: "extract",
    queue: job.queue,
    shardId: job.id,
    retryCount: job.retryCount,
    workerId: worker.workerId,
    coordinatorId: parts.coordinatorId,
    ordinals: items.map((item) => item.ordinal),
    maxConcurrent,
  });
  if (permit.full && maxConcurrent !== null) {
    await holdSurplus(parts, job, maxConcurrent);
    return;
  }
  if (permit.paused) {
    await putAside(parts.database, parts.queue, job);
    return;
  }
  if (permit.revision !== context.revision) context = await parts.contexts.refresh(context.batchId);
  const logger = parts.logger.child({
    batchId: context.batchId,
    shardId: job.id,
    attemptId,
    workerId: worker.workerId,
  });
  await using staging = new Staging(parts.spoolDir, parts.stagingMemory, (bytes) => metrics.spooled(bytes));
  try {
    await receiveAndCommit({ ...parts, logger }, run, { attemptId, context, items, staging });
  } catch (error) {
    const end =
      error instanceof AttemptEnded ? error : new AttemptEnded("failed", { fault: String(error).slice(0, 300) });
    logEnd(logger, end, error);
    // Nothing of ours or of the database gets better by being tried again at once.
    if (end.outcome === "failed") {
      await waitOrAbort(Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** job.retryCount), run.abort.signal);
    }
    const { fate, changes, batchDone } = await endAttempt(
      parts,
      {
        attemptId,
        fence: job,
        batchId: context.batchId,
        classify: context.classifyHash !== null,
        ordinals: items.map((item) => item.ordinal),
      },
      end,
    );
    metrics.attemptEnded(end.outcome);
    metrics.shardUncommitted(fate);
    if (changes !== undefined) metrics.stored(changes);
    if (batchDone === true) parts.batchDone(context.batchId);
    if (fate === "split" || fate === "failed") logger.warn({ fate }, "a shard that keeps losing its workers");
  }
  parts.changed(context.batchId);
}

/** What must be stored of a document so that it need not be read: where it is judged later, its text alone. */
function neededOf({ extractHash, classifyHash, labelQueue }: BatchContext) {
  return { extractHash, classifyHash: labelQueue === null ? classifyHash : null };
}

async function receiveAndCommit(
  parts: RunParts,
  run: ShardRun,
  attempt: { attemptId: string; context: BatchContext; items: readonly PendingItem[]; staging: Staging },
): Promise<void> {
  const { attemptId, context, items, staging } = attempt;
  const { metrics } = parts;
  let sentAt = performance.now();
  const send = async () => {
    if (run.before !== null) await ownSlot(run.before, run.abort.signal);
    sentAt = performance.now();
    const sent = { attemptId, shardId: run.job.id, context, items, worker: run.worker };
    return await receiveShard({ ...sent, onNearEnd: () => run.onNearEnd() }, staging, run.abort);
  };
  const received = await send().then(
    (shard) => {
      metrics.streamEnded((performance.now() - sentAt) / 1_000);
      run.onStreamEnd(null);
      return shard;
    },
    (error: unknown) => {
      metrics.streamEnded((performance.now() - sentAt) / 1_000);
      run.onStreamEnd(error instanceof AttemptEnded ? error : null);
      throw error;
    },
  );
  const uris = new Map(items.map((item) => [item.ordinal, item.uri]));
  const streamedAt = performance.now();
  const finished: FinishedShard = {
    attemptId,
    fence: run.job,
    hashes: context,
    deduplicate: context.options.deduplicate,
    labelStage: parts.labelStageOf(context.labelQueue),
    items: received.items,
    staging,
    detail: {
      cpuMs: received.done.cpuMs,
      childRestarts: received.done.childRestarts,
      bytes: staging.byteLength,
      spooledBytes: staging.spooledBytes,
    },
    uriOf: (ordinal) => uris.get(ordinal) ?? "",
  };
  const commit = (mode: CommitMode) => commitShard(parts, finished, mode);
  const outcome = await commitWithRetries(parts, commit, run.abort.signal);
  metrics.attemptEnded(outcome);
  if (outcome === "committed") {
    metrics.committed((performance.now() - streamedAt) / 1_000);
    if (finished.labelStage !== null) parts.labelsAdded();
    parts.logger.debug({ items: received.items.length }, "a shard was committed");
    return;
  }
  parts.logger.info({ outcome }, "attempt ended");
  await closeAttempt(parts.database.pool, attemptId, "fenced", null);
}
