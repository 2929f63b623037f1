/**
 * The commit of a shard: one short transaction that completes the job with its fence, stores what is new, settles the
 * items, closes the attempt and moves the counters. Either all of it is there afterwards or nothing, and only one try at
 * a shard can ever get past the fence: that is what makes results appear exactly once.
 */
import type { Client, Database } from "../db/database.ts";
import { isRowFault } from "../db/database-error.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { findStored } from "../db/queries/find-stored.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { holdBatch } from "../db/queries/lock-batch.ts";
import { recordUses } from "../db/queries/record-uses.ts";
import { updateItems } from "../db/queries/update-items.ts";
import { enqueueLabels, type LabelStage } from "../labelling/enqueue-labels.ts";
import { frontOf } from "../queue/fair-order.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { CLASSIFICATION_COLUMNS } from "./classification-row.ts";
import { copyRows } from "./copy-rows.ts";
import { type CommitPlan, type Labelling, planCommit } from "./plan-commit.ts";
import { putOff } from "./put-off.ts";
import { DOCUMENT_COLUMNS, PAGE_COLUMNS, type ShardHashes } from "./stage-line.ts";
import type { StagedItem } from "./staged-item.ts";
import type { Segment, Staging } from "./staging.ts";
import { wasCommitted } from "./was-committed.ts";

export interface FinishedShard {
  readonly attemptId: string;
  readonly fence: Fence;
  readonly hashes: ShardHashes;
  readonly deduplicate: boolean;
  /** Where labels wait that are given in a stage of their own, and how many documents a shard of them has at most. */
  readonly labelStage: LabelStage | null;
  readonly items: readonly StagedItem[];
  readonly staging: Staging;
  readonly detail: object;
  uriOf(ordinal: number): string;
}

/** `whole`: all rows at once. `bisect`: after a row was refused, in ever smaller groups, to find it. */
export type CommitMode = "whole" | "bisect";

class FencedOut extends Error {}

export interface CommitParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly metrics?: { stored(changes: CounterChanges): void };
  /** The first rest of a source that did not answer. */
  readonly sourceRetryMs: number;
  /** This commit was the last of its batch. */
  batchDone?(batchId: string): void;
}

/** "fenced": another try has the job, or the batch was cancelled, and nothing was written. */
export async function commitShard(
  parts: CommitParts,
  shard: FinishedShard,
  mode: CommitMode,
): Promise<"committed" | "fenced"> {
  const { database, queue, metrics } = parts;
  try {
    const { stored, done } = await database.transaction(async (client) => {
      const priority = await holdBatch(client, shard.hashes.batchId);
      if (!(await queue.complete(client, shard.fence))) throw new FencedOut();
      const changes = new CounterChanges();
      const later = { priority: frontOf(priority), firstMs: parts.sourceRetryMs };
      const items = await putOff(client, queue, shard, later);
      const { lost, unjudged } =
        mode === "whole"
          ? await store(client, shard, items, changes)
          : await storeBisecting(client, shard, items, changes);
      await readAgain(client, queue, shard, lost, frontOf(priority));
      await judgeNext(client, queue, shard, unjudged);
      await closeAttempt(client, shard.attemptId, "committed", shard.detail);
      const pending = await changes.apply(client, shard.hashes.batchId);
      return { stored: changes, done: pending === 0 && (await finishBatch(client, shard.hashes.batchId)) };
    });
    metrics?.stored(stored);
    if (done) parts.batchDone?.(shard.hashes.batchId);
    return "committed";
  } catch (error) {
    if (!(error instanceof FencedOut)) throw error;
    return (await wasCommitted(database, shard.attemptId)) ? "committed" : "fenced";
  }
}

/**
 * Hands on what is to be judged. Its place among others is that of the shard that it was read in, so that owners take turns there as
 * they do here; should the batch be paused, whoever fetches it puts it aside.
 */
async function judgeNext(
  client: Client,
  queue: ShardQueue,
  { fence, hashes: { batchId }, labelStage }: FinishedShard,
  ordinals: readonly number[],
): Promise<void> {
  if (labelStage === null || ordinals.length === 0) return;
  const place = (await queue.placeOf(client, fence.queue, fence.id)) ?? 0;
  const shards = await enqueueLabels(client, queue, batchId, { ...labelStage, ordinals, place });
  await assignShards(client, batchId, shards);
}

/** What is left to do of items: to be read again, or to be judged. */
interface Left {
  readonly lost: readonly number[];
  readonly unjudged: readonly number[];
}

/** Stores the items' rows and states. */
async function store(
  client: Client,
  shard: FinishedShard,
  items: readonly StagedItem[],
  changes: CounterChanges,
): Promise<Left> {
  const { hashes, staging } = shard;
  const wanted = new Set(items.flatMap((item) => (item.kind === "failed" ? [] : [item.hash])));
  const stored = await findStored(client, hashes, [...wanted]);
  const plan = planCommit(items, stored, { deduplicate: shard.deduplicate, labels: labellingOf(shard) });
  await copyPlan(client, plan, staging);
  const settled = await updateItems(client, hashes, plan.updates, (ordinal) => shard.uriOf(ordinal));
  const used = plan.updates.filter(({ ordinal, document }) => document !== null && settled.has(ordinal));
  await recordUses(
    client,
    hashes.batchId,
    used.flatMap(({ hash }) => (hash !== null && stored.others.has(hash) ? [hash] : [])),
  );
  const pendingLabel = hashes.classifyHash === null ? "none" : "pending";
  for (const update of plan.updates) {
    if (!settled.has(update.ordinal)) continue;
    changes.settle(
      { extract: "pending", classify: pendingLabel },
      { extract: update.extractState, classify: update.classifyState },
      update.document ?? undefined,
    );
    if (update.extractState === "failed" && update.code !== null) changes.failed(update.code);
  }
  return { lost: plan.lost, unjudged: plan.unjudged.filter((ordinal) => settled.has(ordinal)) };
}

function labellingOf({ hashes, labelStage }: FinishedShard): Labelling {
  if (hashes.classifyHash === null) return "none";
  return labelStage === null ? "fused" : "staged";
}

async function copyPlan(client: Client, plan: CommitPlan, staging: Staging): Promise<void> {
  const copies = [
    [DOCUMENT_COLUMNS, plan.documents],
    [PAGE_COLUMNS, plan.pages],
    [CLASSIFICATION_COLUMNS, plan.labels],
  ] as const;
  for (const [columns, segments] of copies) {
    if (segments.length > 0) await copyRows(client, columns, readAll(staging, segments));
  }
}

async function* readAll(staging: Staging, segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  for (const segment of segments) yield await staging.read(segment);
}

/** Halves the items at every refusal; the one that is refused alone fails with ROW_REJECTED, and its neighbours stay. */
async function storeBisecting(
  client: Client,
  shard: FinishedShard,
  items: readonly StagedItem[],
  changes: CounterChanges,
): Promise<Left> {
  const here = new CounterChanges();
  await client.query("savepoint bisect");
  try {
    const done = await store(client, shard, items, here);
    await client.query("release savepoint bisect");
    changes.add(here);
    return done;
  } catch (error) {
    if (!isRowFault(error)) throw error;
    await client.query("rollback to savepoint bisect");
    await client.query("release savepoint bisect");
    const [only] = items;
    if (items.length === 1 && only !== undefined) {
      if (only.kind === "failed") throw error;
      return await store(client, shard, [rejected(only, error)], changes);
    }
    const middle = items.length >> 1;
    const left = await storeBisecting(client, shard, items.slice(0, middle), changes);
    const right = await storeBisecting(client, shard, items.slice(middle), changes);
    return { lost: [...left.lost, ...right.lost], unjudged: [...left.unjudged, ...right.unjudged] };
  }
}

function rejected(item: StagedItem, error: unknown): StagedItem {
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: "failed",
    ordinal: item.ordinal,
    sizeBytes: null,
    sourceVersion: null,
    hash: item.hash,
    code: "ROW_REJECTED",
    message: message.slice(0, 500).replaceAll("\0", "\ufffd").toWellFormed(),
    page: null,
    evidence: null,
  };
}

async function readAgain(
  client: Client,
  queue: ShardQueue,
  shard: FinishedShard,
  ordinals: readonly number[],
  priority: number,
): Promise<void> {
  if (ordinals.length === 0) return;
  const again = [{ id: Bun.randomUUIDv7(), ordinals }];
  await queue.add(client, shard.fence.queue, shard.hashes.batchId, priority, again);
  await assignShards(client, shard.hashes.batchId, again);
}
