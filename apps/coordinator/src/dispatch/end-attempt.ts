/**
 * The end of an attempt that is not committed: the attempt is closed and the shard goes back, all in one transaction.
 * Two budgets: what happens to workers, networks and deploys costs a document nothing, however often. What may be a
 * document's fault counts: its shard is split, and a document that does it alone fails.
 */
import type { ErrorCode } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { closeAttempt } from "../db/queries/close-attempt.ts";
import { countPoison, type PoisonCount } from "../db/queries/count-poison.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { holdBatch } from "../db/queries/lock-batch.ts";
import { spanOf } from "../db/queries/span-of.ts";
import { frontOf } from "../queue/fair-order.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { AttemptEnded, UncommittedOutcome } from "./attempt-ended.ts";
import { splitShard } from "./split-shard.ts";

const POISONOUS: ReadonlySet<UncommittedOutcome> = new Set(["worker_lost", "cut", "rejected"]);

/** One death may be a deploy or the machine; a second at the same shard is worth finding out which document it was. */
const SPLIT_AFTER = 2;
/** Alone, a document gets one try more: its worker may have been taken down by another slot's document. */
const FAIL_AFTER = 3;
/** Losses after which the worker was seen alive, as in a partition, are nobody's fault, but not without end. */
const LOSSES_AT_MOST = 12;

export interface EndedShard {
  readonly attemptId: string;
  readonly fence: Fence;
  readonly batchId: string;
  readonly classify: boolean;
  readonly ordinals: readonly number[];
}

/** What became of a shard: back in the queue, in parts, failed with its one document, or another attempt's affair. */
export type ShardFate = "returned" | "split" | "failed" | "gone";

/** Returns what became of the shard, and, if it failed, what that changed in the batch's counts and whether it ended the batch. */
export async function endAttempt(
  { database, queue }: { database: Database; queue: ShardQueue },
  shard: EndedShard,
  end: AttemptEnded,
): Promise<{ fate: ShardFate; changes?: CounterChanges; batchDone?: boolean }> {
  return await database.transaction(async (client) => {
    const priority = await holdBatch(client, shard.batchId);
    await closeAttempt(client, shard.attemptId, end.outcome, end.detail);
    if (!POISONOUS.has(end.outcome)) {
      return { fate: (await queue.giveBack(client, shard.fence)) ? "returned" : "gone" };
    }
    const poison = await countPoison(client, shard.fence.id);
    const single = shard.ordinals.length === 1;
    // To split costs nothing but time, so there the fleet's fault is no excuse.
    const enough = single ? poison.kills >= FAIL_AFTER : poison.deaths >= SPLIT_AFTER;
    if (!enough && poison.losses < LOSSES_AT_MOST) {
      if (!(await queue.giveBack(client, shard.fence))) return { fate: "gone" };
      await countTry(client, shard);
      return { fate: "returned" };
    }
    if (!(await queue.complete(client, shard.fence))) return { fate: "gone" };
    await countTry(client, shard);
    if (single) return { fate: "failed", ...(await failItem(client, shard, end, poison)) };
    await addParts(client, queue, shard, poison, frontOf(priority));
    return { fate: "split" };
  });
}

async function countTry(client: Client, shard: EndedShard): Promise<void> {
  await client.query(
    `update items set attempts = attempts + 1, poison = poison + 1
      where batch_id = $1 and ordinal between $3 and $4 and ordinal = any($2::int[]) and extract_state = 'pending'`,
    [shard.batchId, shard.ordinals, ...spanOf(shard.ordinals)],
  );
}

async function addParts(
  client: Client,
  queue: ShardQueue,
  shard: EndedShard,
  poison: PoisonCount,
  priority: number,
): Promise<void> {
  const parts = splitShard(shard.ordinals, poison.suspect).map((ordinals) => ({ id: Bun.randomUUIDv7(), ordinals }));
  await queue.add(client, shard.fence.queue, shard.batchId, priority, parts);
  await assignShards(client, shard.batchId, parts);
}

async function failItem(
  client: Client,
  shard: EndedShard,
  end: AttemptEnded,
  poison: PoisonCount,
): Promise<{ changes: CounterChanges; batchDone: boolean }> {
  const { code, message } = verdict(end, poison);
  const { rowCount } = await client.query(
    `update items
        set extract_state = 'failed', classify_state = 'none', code = $3, message = $4,
            evidence = jsonb_build_object('attempts', attempts), updated_at = now()
      where batch_id = $1 and ordinal = $2 and extract_state = 'pending'`,
    [shard.batchId, shard.ordinals[0], code, message],
  );
  const changes = new CounterChanges();
  if (rowCount === 1) {
    changes.settle(
      { extract: "pending", classify: shard.classify ? "pending" : "none" },
      { extract: "failed", classify: "none" },
    );
    changes.failed(code);
  }
  const pending = await changes.apply(client, shard.batchId);
  return { changes, batchDone: pending === 0 && (await finishBatch(client, shard.batchId)) };
}

function verdict(end: AttemptEnded, poison: PoisonCount): { code: ErrorCode; message: string } {
  const fault = end.detail.fault === undefined ? "" : ` Last: ${end.detail.fault}.`;
  if (end.outcome === "cut") {
    return { code: "CHILD_TIMEOUT", message: `It held its worker past every limit, ${poison.losses} times.${fault}` };
  }
  if (end.outcome === "rejected") {
    return { code: "RESULT_INVALID", message: `The answer was refused ${poison.losses} times.${fault}` };
  }
  return { code: "WORKER_KILLED", message: `${poison.losses} workers were lost while they read it alone.${fault}` };
}
