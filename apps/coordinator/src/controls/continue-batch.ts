import { AppError, type ItemSubmission } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { inheritPasswords } from "../db/queries/batch-passwords.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { lockBatch } from "../db/queries/lock-batch.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import { takeItems } from "../intake/append-items.ts";
import { batchHashes } from "../intake/batch-hashes.ts";
import { cancelInTransaction } from "../intake/cancel-batch.ts";
import { insertBatch } from "../intake/open-batch.ts";
import { ensureQueues, queuesFor } from "../intake/batch-queues.ts";
import type { LabelStage } from "../labelling/enqueue-labels.ts";
import { inheritListings } from "../listings/inherit-listings.ts";
import { sealInTransaction } from "../intake/seal-batch.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { chooseBuild } from "../workers/choose-build.ts";
import { listWorkers } from "../workers/list-workers.ts";

interface ContinueParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly metrics?: { stored(changes: CounterChanges): void };
  slotsFor(queue: string): number;
  labelStageOf(labelQueue: string | null): LabelStage | null;
  wake(): void;
  /** Nothing was pending, so that the new batch has ended already. */
  batchDone?(batchId: string): void;
}

const ITEMS_PER_READ = 5_000;

/**
 * Hands what is pending of a batch to a new one on the build that the live workers run, in one transaction. A batch has
 * one build, so what is stored stays in the old one, which ends cancelled and names its heir. What is left of its sources is
 * listed for the new one, from where their listings stand. CONFLICT for a batch that has ended, is still being handed in by a
 * client, or is on that build already; NO_WORKERS when no worker is there.
 */
export async function continueBatch(
  parts: ContinueParts,
  batchId: string,
  once: OnceKey | null = null,
): Promise<{ batchId: string; moved: number }> {
  const { database, queue } = parts;
  const old = await readBatch(database, batchId);
  const options = { ...(await readBatchOptions(database, batchId)), priority: old.status.priority };
  const live = (await listWorkers(database)).filter((worker) => worker.live);
  const build = chooseBuild(live, options.classifier);
  const queues = queuesFor(build, options.classifier);
  if (queues.queue === old.queue && queues.labelQueue === old.labelQueue) {
    throw new AppError(
      "CONFLICT",
      `Workers run the build of this batch, ${build.engineVersion}: it goes on by itself.`,
    );
  }
  await ensureQueues(queue, queues);
  const stored = new CounterChanges();
  const continued = await database.transaction((client) =>
    doOnce(client, once, async () => {
      const { state, listsSources } = await lockBatch(client, batchId, "cancel");
      const lists = state === "open" && listsSources;
      if (state === "open" && !lists) {
        throw new AppError("CONFLICT", "The batch is still being handed in: seal it first, or submit it anew.");
      }
      if (state !== "sealed" && !lists)
        throw new AppError("CONFLICT", `The batch is ${state} already.`, { context: { state } });
      const newId = Bun.randomUUIDv7();
      await insertBatch(client, {
        batchId: newId,
        name: old.status.name,
        submissionKey: await submissionKeyOf(client, batchId),
        options,
        build,
        queues,
        owner: old.owner,
        ...batchHashes(options, build),
      });
      await inheritPasswords(client, batchId, newId);
      const moved = await copyPending(parts, client, { from: batchId, to: newId, stored });
      await recordEvent(client, batchId, "batch.continued", { continuedBy: newId, moved });
      stored.add(await cancelInTransaction(client, queue, batchId));
      await client.query("update batches set continued_by = $2 where id = $1", [batchId, newId]);
      const listing = lists && (await inheritListings(client, batchId, newId));
      return { batchId: newId, moved, done: !listing && (await sealInTransaction(client, newId, moved)) };
    }),
  );
  parts.metrics?.stored(stored);
  if (continued.done) parts.batchDone?.(continued.batchId);
  parts.wake();
  return { batchId: continued.batchId, moved: continued.moved };
}

async function submissionKeyOf(client: Client, batchId: string): Promise<string | null> {
  const { rows } = await client.query<{ submission_key: string | null }>(
    "select submission_key from batches where id = $1",
    [batchId],
  );
  return rows[0]?.submission_key ?? null;
}

/** Items keep their order and get new ordinals. */
async function copyPending(
  parts: ContinueParts,
  client: Client,
  { from, to, stored }: { from: string; to: string; stored: CounterChanges },
): Promise<number> {
  const batch = await lockBatch(client, to, "append");
  let after = -1;
  let count = 0;
  for (;;) {
    const { rows } = await client.query<{ ordinal: number; uri: string; source_version: string; size_bytes: number }>(
      `select ordinal, uri, source_version, size_bytes from items
        where batch_id = $1 and ordinal > $2 and (extract_state = 'pending' or classify_state = 'pending') order by ordinal limit ${ITEMS_PER_READ}`,
      [from, after],
    );
    const items: ItemSubmission[] = rows.map((row, index) => ({
      ordinal: count + index,
      uri: row.uri,
      sourceVersion: row.source_version,
      sizeBytes: row.size_bytes,
    }));
    if (items.length > 0) stored.add(await takeItems(parts, client, to, batch, items));
    count += items.length;
    after = rows.at(-1)?.ordinal ?? after;
    if (rows.length < ITEMS_PER_READ) return count;
  }
}
