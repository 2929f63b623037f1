import { AppError, type ErrorCode, type RetryBatchRequest } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { forgetPasswords, keepPasswords } from "../db/queries/batch-passwords.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { lockBatch, type LockedBatch } from "../db/queries/lock-batch.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { placeLabels } from "../intake/append-items.ts";
import { enqueueShards } from "../intake/enqueue-shards.ts";
import { formShards } from "../intake/form-shards.ts";
import type { NewShard } from "../queue/shard-job.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";

export interface RetryParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  slotsFor(queue: string): number;
  labelStageOf(labelQueue: string | null): LabelStage | null;
  wake(): void;
}

interface FailedItem {
  readonly ordinal: number;
  readonly sizeBytes: number;
  readonly code: string;
}

/** What such a document did to its process it may do again: nobody shares a shard with it. */
const ALONE: ReadonlySet<string> = new Set<ErrorCode>([
  "CHILD_CRASHED",
  "CHILD_TIMEOUT",
  "CHILD_OOM",
  "WORKER_KILLED",
  "RESULT_INVALID",
  "NATIVE_PANIC",
]);

/**
 * Makes items whose extraction failed, or whose label did in a stage of its own, pending again, with a fresh budget, under the limits given from now on; what was
 * known of their failures is kept. A batch that was done is sealed again. Returns how many. CONFLICT when it was cancelled.
 */
export async function retryFailed(
  parts: RetryParts,
  batchId: string,
  request: RetryBatchRequest,
  once: OnceKey | null = null,
): Promise<number> {
  const retried = await parts.database.transaction((client) =>
    doOnce(client, once, async () => {
      // Against commits too: one of them may be about to end the batch.
      const batch = await lockBatch(client, batchId, "cancel");
      if (batch.state === "cancelled") {
        throw new AppError("CONFLICT", "The batch was cancelled; hand its sources in again, as another batch.");
      }
      const failed = await findFailed(client, batchId, request);
      const unlabelled = batch.labelQueue === null ? [] : await findUnlabelled(client, batchId, request);
      const retried = failed.length + unlabelled.length;
      if (retried > 0) await makePending(parts, client, batchId, batch, { failed, unlabelled }, request);
      return retried;
    }),
  );
  if (retried > 0) parts.wake();
  return retried;
}

async function findFailed(client: Client, batchId: string, request: RetryBatchRequest): Promise<FailedItem[]> {
  const { rows } = await client.query<{ ordinal: number; size_bytes: number; code: string | null }>(
    `select ordinal, size_bytes, code from items
      where batch_id = $1 and extract_state = 'failed' and ($2::text[] is null or code = any($2))
        and ($3::int[] is null or ordinal = any($3))
      order by ordinal`,
    [batchId, request.codes ?? null, request.ordinals ?? null],
  );
  return rows.map((row) => ({ ordinal: row.ordinal, sizeBytes: row.size_bytes, code: row.code ?? "INTERNAL" }));
}

/** Ordinals of documents whose text is stored and whose label failed. */
async function findUnlabelled(client: Client, batchId: string, request: RetryBatchRequest): Promise<number[]> {
  const { rows } = await client.query<{ ordinal: number }>(
    `select ordinal from items
      where batch_id = $1 and classify_state = 'failed' and ($2::text[] is null or code = any($2))
        and ($3::int[] is null or ordinal = any($3))
      order by ordinal`,
    [batchId, request.codes ?? null, request.ordinals ?? null],
  );
  return rows.map((row) => row.ordinal);
}

/** Their text stays; what failed to judge it is asked again. */
async function judgeAgain(
  parts: RetryParts,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  ordinals: readonly number[],
): Promise<readonly NewShard[]> {
  if (ordinals.length === 0) return [];
  await client.query(
    `update items set classify_state = 'pending', code = null, message = null, updated_at = now()
      where batch_id = $1 and ordinal = any($2::int[]) and classify_state = 'failed'`,
    [batchId, ordinals],
  );
  return await placeLabels(parts, client, batchId, batch, ordinals);
}

async function makePending(
  parts: RetryParts,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  { failed, unlabelled }: { failed: readonly FailedItem[]; unlabelled: readonly number[] },
  limits: RetryBatchRequest,
): Promise<void> {
  const ordinals = failed.map((item) => item.ordinal);
  await client.query(
    `insert into retried_failures (batch_id, ordinal, code, message, page, evidence)
     select batch_id, ordinal, coalesce(code, 'INTERNAL'), message, page, evidence
       from items where batch_id = $1 and ordinal = any($2::int[])`,
    [batchId, [...ordinals, ...unlabelled]],
  );
  const classify = batch.classifyHash === null ? "none" : "pending";
  await client.query(
    `update items set extract_state = 'pending', classify_state = $3, code = null, message = null, page = null,
                      evidence = null, poison = 0, source_tries = 0, updated_at = now()
      where batch_id = $1 and ordinal = any($2::int[]) and extract_state = 'failed'`,
    [batchId, ordinals, classify],
  );
  const shards = shardsOf(failed, parts.slotsFor(batch.queue), batch.commitDocuments);
  await enqueueShards(client, parts.queue, batchId, batch, shards);
  await assignShards(client, batchId, [...shards, ...(await judgeAgain(parts, client, batchId, batch, unlabelled))]);
  if (limits.passwords !== undefined) {
    await forgetPasswords(client, batchId);
    await keepPasswords(client, batchId, limits.passwords);
  }
  const changes = new CounterChanges();
  for (const _ of failed) {
    changes.settle({ extract: "failed", classify: "none" }, { extract: "pending", classify });
  }
  if (unlabelled.length > 0) changes.move("classify", "failed", "pending", unlabelled.length);
  await changes.apply(client, batchId);
  await client.query(
    `update batches set state = case state when 'done' then 'sealed' else state end, finished_at = null,
            revision = revision + 1, options = options || jsonb_strip_nulls(jsonb_build_object(
              'documentTimeoutMs', $2::int, 'documentMemoryMb', $3::int))
      where id = $1`,
    [batchId, limits.documentTimeoutMs ?? null, limits.documentMemoryMb ?? null],
  );
  await recordEvent(client, batchId, "batch.retried", { retried: failed.length + unlabelled.length });
}

function shardsOf(failed: readonly FailedItem[], slots: number, mostDocuments: number): NewShard[] {
  const alone = failed.filter((item) => ALONE.has(item.code));
  const others = failed.filter((item) => !ALONE.has(item.code));
  return [
    ...formShards(others, slots, mostDocuments),
    ...alone.map(({ ordinal }) => ({ id: Bun.randomUUIDv7(), ordinals: [ordinal] })),
  ];
}
