/**
 * The commit of a label shard: one short transaction that completes the job with its fence, stores labels and calls, settles the
 * items, hands on what is to be judged later, closes the attempt and moves the counters. As with shards that are read, all of it is
 * there afterwards or nothing, and only one try gets past the fence.
 */
import type { LabelItemLine } from "@sluice/contracts";
import { CLASSIFICATION_COLUMNS, classificationRow } from "../commit/classification-row.ts";
import { copyRows } from "../commit/copy-rows.ts";
import { wasCommitted } from "../commit/was-committed.ts";
import type { Client, Database } from "../db/database.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { findStored } from "../db/queries/find-stored.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { holdBatch } from "../db/queries/lock-batch.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { type Claim, releaseClaims } from "./claim-contents.ts";
import type { UnlabelledItem } from "./label-item.ts";
import { LLM_CALL_COLUMNS, llmCallRow } from "./llm-call-row.ts";
import type { NearDuplicates } from "./near/near-duplicates.ts";
import { storeBands } from "./near/store-bands.ts";
import { type LabelPlan, planLabels } from "./plan-labels.ts";
import { updateLabels } from "./update-labels.ts";

export interface JudgedShard {
  readonly fence: Fence;
  readonly batchId: string;
  /** What the attempt has claimed. */
  readonly claim: Claim;
  readonly items: readonly UnlabelledItem[];
  readonly lines: readonly LabelItemLine[];
  /** Of contents that a label may be handed on from: what their near-duplicates find them by. */
  readonly bands: NearDuplicates["bands"];
  /** How long what is to be judged later rests. */
  readonly laterMs: number;
  readonly detail: object;
}

export interface LabelCommitParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly metrics: { stored(changes: CounterChanges): void };
  batchDone(batchId: string): void;
}

class FencedOut extends Error {}

/** "fenced": another try has the job, or the batch was cancelled, and nothing was written. */
export async function commitLabels(parts: LabelCommitParts, shard: JudgedShard): Promise<"committed" | "fenced"> {
  const { database, queue, metrics } = parts;
  const { batchId, claim } = shard;
  const { attemptId } = claim;
  try {
    const { changes, done } = await database.transaction(async (client) => {
      await holdBatch(client, batchId);
      const place = await queue.placeOf(client, shard.fence.queue, shard.fence.id);
      if (!(await queue.complete(client, shard.fence))) throw new FencedOut();
      const hashes = [...new Set(shard.items.map((item) => item.contentHash))];
      const stored = await findStored(client, { batchId, ...claim }, hashes);
      const plan = planLabels(shard.items, shard.lines, stored.labels);
      await copyPlan(client, shard, plan);
      const settled = await updateLabels(client, batchId, plan.updates);
      await judgeLater(client, queue, shard, { ordinals: plan.later, place: place ?? 0 });
      await releaseClaims(client, claim);
      await closeAttempt(client, attemptId, "committed", shard.detail);
      const moved = countMoves(plan, settled);
      const pending = await moved.apply(client, batchId);
      return { changes: moved, done: pending === 0 && (await finishBatch(client, batchId)) };
    });
    metrics.stored(changes);
    if (done) parts.batchDone(batchId);
    return "committed";
  } catch (error) {
    if (!(error instanceof FencedOut)) throw error;
    return (await wasCommitted(database, attemptId)) ? "committed" : "fenced";
  }
}

async function copyPlan(client: Client, { batchId, claim, bands }: JudgedShard, plan: LabelPlan): Promise<void> {
  const { attemptId, extractHash, classifyHash } = claim;
  const bytes = (hash: string) => Buffer.from(hash, "hex");
  const labels = plan.labels.map(({ contentHash, classification }) =>
    classificationRow(classification, { contentHash: bytes(contentHash), extractHash, classifyHash }),
  );
  const calls = plan.calls.map(({ ordinal, contentHash, call }) =>
    llmCallRow(call, { batchId, ordinal, contentHash: bytes(contentHash), attemptId }),
  );
  if (labels.length > 0) await copyRows(client, CLASSIFICATION_COLUMNS, each(labels));
  if (calls.length > 0) await copyRows(client, LLM_CALL_COLUMNS, each(calls));
  await storeBands(client, plan.labels, bands);
}

async function* each(rows: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* rows;
}

async function judgeLater(
  client: Client,
  queue: ShardQueue,
  { fence, batchId, laterMs }: JudgedShard,
  { ordinals, place }: { ordinals: readonly number[]; place: number },
): Promise<void> {
  if (ordinals.length === 0) return;
  const again = [{ id: Bun.randomUUIDv7(), ordinals }];
  await queue.add(client, fence.queue, batchId, place, again, { afterMs: laterMs });
  await assignShards(client, batchId, again);
}

function countMoves(plan: LabelPlan, settled: ReadonlySet<number>): CounterChanges {
  const changes = new CounterChanges();
  for (const { ordinal, classifyState, code } of plan.updates) {
    if (!settled.has(ordinal)) continue;
    changes.move("classify", "pending", classifyState, 1);
    if (code !== null) changes.failed(code);
  }
  return changes;
}
