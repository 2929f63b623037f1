/**
 * The end of an attempt at a label shard that is not committed: the attempt is closed and the shard goes back, all in one
 * transaction. Text that is stored brought down no extractor, so a lost worker costs a document nothing; one that goes on for ever is
 * found by halving.
 */
import type { Database } from "../db/database.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { countPoison } from "../db/queries/count-poison.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { holdBatch } from "../db/queries/lock-batch.ts";
import type { AttemptEnded } from "../dispatch/attempt-ended.ts";
import type { ShardFate } from "../dispatch/end-attempt.ts";
import { splitShard } from "../dispatch/split-shard.ts";
import { frontOf } from "../queue/fair-order.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { type Claim, releaseClaims } from "./claim-contents.ts";
import { updateLabels } from "./update-labels.ts";

/** Losses of a shard after which it is halved, and a document alone fails: a deploy of a whole fleet is fewer. */
const LOSSES_AT_MOST = 12;

export interface UnjudgedShard {
  readonly fence: Fence;
  readonly batchId: string;
  readonly claim: Claim;
  readonly ordinals: readonly number[];
}

/** Returns what became of the shard, and, where its document failed, what that changed in the counts of the batch. */
export async function endLabelAttempt(
  { database, queue }: { database: Database; queue: ShardQueue },
  { fence, batchId, claim, ordinals }: UnjudgedShard,
  end: AttemptEnded,
): Promise<{ fate: ShardFate; changes?: CounterChanges; batchDone?: boolean }> {
  return await database.transaction(async (client) => {
    const priority = await holdBatch(client, batchId);
    await closeAttempt(client, claim.attemptId, end.outcome, end.detail);
    await releaseClaims(client, claim);
    const { losses } = await countPoison(client, fence.id);
    if (losses < LOSSES_AT_MOST) return { fate: (await queue.giveBack(client, fence)) ? "returned" : "gone" };
    if (!(await queue.complete(client, fence))) return { fate: "gone" };
    if (ordinals.length > 1) {
      const parts = splitShard(ordinals, null).map((part) => ({ id: Bun.randomUUIDv7(), ordinals: part }));
      await queue.add(client, fence.queue, batchId, frontOf(priority), parts);
      await assignShards(client, batchId, parts);
      return { fate: "split" };
    }
    const message = `${losses} workers were lost, or gave no answer, while they judged it alone.`;
    const failed = { classifyState: "failed", code: "CLASSIFY_FAILED", message } as const;
    const settled = await updateLabels(
      client,
      batchId,
      ordinals.map((ordinal) => ({ ordinal, ...failed })),
    );
    const changes = new CounterChanges();
    for (const _ of settled) {
      changes.move("classify", "pending", "failed", 1);
      changes.failed(failed.code);
    }
    const pending = await changes.apply(client, batchId);
    return { fate: "failed", changes, batchDone: pending === 0 && (await finishBatch(client, batchId)) };
  });
}
