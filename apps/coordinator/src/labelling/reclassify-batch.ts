import { AppError, type BatchOptions, type Judge, type ReclassifyBatchRequest } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { findStored } from "../db/queries/find-stored.ts";
import { insertItems } from "../db/queries/insert-items.ts";
import { type LockedBatch, lockBatch } from "../db/queries/lock-batch.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { recordUses } from "../db/queries/record-uses.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { placeLabels } from "../intake/append-items.ts";
import { batchHashes } from "../intake/batch-hashes.ts";
import { insertBatch } from "../intake/open-batch.ts";
import { sealInTransaction } from "../intake/seal-batch.ts";
import { judgedByModel } from "../models/judged-by-model.ts";
import { labelQueueName } from "../queue/queue-options.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { chooseLabeller } from "../workers/choose-build.ts";
import { listWorkers } from "../workers/list-workers.ts";
import type { LabelStage } from "./enqueue-labels.ts";

interface ReclassifyParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly metrics?: { stored(changes: CounterChanges): void };
  labelStageOf(labelQueue: string | null): LabelStage | null;
  wake(): void;
  /** Every label was known, so that the new batch has ended already. */
  batchDone(batchId: string): void;
}

const ITEMS_PER_READ = 5_000;

/**
 * Opens a batch over the documents that another one has stored, sealed, in one transaction: each is there `unchanged` and waits for its
 * label, or has it, if it was judged by this very standard before. Nothing is read again. CONFLICT for a batch that has not ended;
 * TEXT_NOT_STORED for one that keeps no text; NO_CLASSIFIER when nobody offers the classifier.
 */
export async function reclassifyBatch(
  parts: ReclassifyParts,
  batchId: string,
  request: ReclassifyBatchRequest,
  { once, owner, visibleTo }: { once: OnceKey | null; owner: string | null; visibleTo: string | null },
): Promise<{ batchId: string; leftOut: number }> {
  const { database, queue } = parts;
  const old = await readBatch(database, batchId);
  const asked = judgedBy(await readBatchOptions(database, batchId), request);
  const options = { ...(await judgedByModel(database, asked, visibleTo)), classifier: asked.classifier };
  if (options.store === "meta") {
    throw new AppError("TEXT_NOT_STORED", "This batch keeps no text of its documents, so they cannot be judged anew.");
  }
  const classifierVersion = chooseLabeller(await listWorkers(database), options.classifier);
  const build = { engineVersion: old.status.engineVersion, classifierVersion };
  const labelQueue = labelQueueName(classifierVersion);
  await queue.ensure(labelQueue);
  const stored = new CounterChanges();
  const done = await database.transaction((client) =>
    doOnce(client, once, async () => {
      const { state } = await lockBatch(client, batchId, "append");
      if (state !== "done" && state !== "cancelled") {
        throw new AppError("CONFLICT", `The batch is ${state}: what it reads can be judged anew when it has ended.`, {
          context: { state },
        });
      }
      const newId = Bun.randomUUIDv7();
      await insertBatch(client, {
        batchId: newId,
        name: request.name ?? old.status.name,
        submissionKey: null,
        options,
        build,
        queues: { queue: old.queue, labelQueue },
        owner,
        extractHash: old.extractHash,
        classifyHash: batchHashes(options, build).classifyHash,
      });
      const items = await copyStored(parts, client, {
        from: batchId,
        to: newId,
        stored,
        ordinals: request.ordinals ?? null,
      });
      const ended = await sealInTransaction(client, newId, items);
      return { batchId: newId, leftOut: (request.ordinals?.length ?? old.status.items) - items, ended };
    }),
  );
  parts.metrics?.stored(stored);
  if (done.ended) parts.batchDone(done.batchId);
  parts.wake();
  return { batchId: done.batchId, leftOut: done.leftOut };
}

function judgedBy(options: BatchOptions, request: ReclassifyBatchRequest): BatchOptions & { classifier: Judge } {
  const before = options.classifier === "none" ? "rules" : options.classifier;
  const classifier = request.classifier ?? before;
  const byModel = classifier === "model" || classifier === "cascade";
  return {
    ...options,
    classifier,
    model: request.model ?? (byModel ? options.model : null),
    modelConfidence: request.modelConfidence ?? (classifier === "cascade" ? options.modelConfidence : null),
    taxonomy: request.taxonomy === undefined ? options.taxonomy : (request.taxonomy as BatchOptions["taxonomy"]),
    minConfidence: request.minConfidence === undefined ? options.minConfidence : request.minConfidence,
    nearDuplicates: request.nearDuplicates ?? options.nearDuplicates,
    priority: request.priority ?? options.priority,
    maxConcurrent: null,
  };
}

/** Items that have their text keep their order and get new ordinals; returns how many there are. */
async function copyStored(
  parts: ReclassifyParts,
  client: Client,
  {
    from,
    to,
    stored,
    ordinals,
  }: { from: string; to: string; stored: CounterChanges; ordinals: readonly number[] | null },
): Promise<number> {
  const batch = await lockBatch(client, to, "append");
  let after = -1;
  let count = 0;
  for (;;) {
    const { rows } = await client.query<StoredItem>(
      `select ordinal, uri, source_version, size_bytes, source_key::text, content_hash from items
        where batch_id = $1 and ordinal > $2 and extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
          and ($3::int[] is null or ordinal = any($3))
        order by ordinal limit ${ITEMS_PER_READ}`,
      [from, after, ordinals],
    );
    const items = rows.map((row, index) => ({ ...row, ordinal: count + index }));
    if (items.length > 0) stored.add(await takeStored(parts, client, to, batch, items));
    count += items.length;
    after = rows.at(-1)?.ordinal ?? after;
    if (rows.length < ITEMS_PER_READ) return count;
  }
}

interface StoredItem {
  readonly ordinal: number;
  readonly uri: string;
  readonly source_version: string;
  readonly size_bytes: number;
  readonly source_key: string;
  readonly content_hash: Buffer;
}

async function takeStored(
  parts: ReclassifyParts,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  items: readonly StoredItem[],
): Promise<CounterChanges> {
  const hashOf = (item: StoredItem) => item.content_hash.toString("hex");
  const { documents, labels } = await findStored(client, { batchId, ...batch }, [...new Set(items.map(hashOf))]);
  const unlabelled = items.filter((item) => !labels.has(hashOf(item)));
  const shards = await placeLabels(
    parts,
    client,
    batchId,
    batch,
    unlabelled.map((item) => item.ordinal),
  );
  const shardOf = new Map(shards.flatMap((shard) => shard.ordinals.map((ordinal) => [ordinal, shard.id] as const)));
  const changes = new CounterChanges();
  const rows = items.map((item) => {
    const classifyState = labels.get(hashOf(item)) ?? ("pending" as const);
    changes.enter("unchanged", classifyState, documents.get(hashOf(item)));
    return {
      ordinal: item.ordinal,
      uri: item.uri,
      sourceVersion: item.source_version,
      sizeBytes: item.size_bytes,
      sourceKey: BigInt(item.source_key),
      extractState: "unchanged" as const,
      classifyState,
      shardId: shardOf.get(item.ordinal) ?? null,
      contentHash: item.content_hash,
    };
  });
  await insertItems(client, batchId, rows);
  await recordUses(client, batchId, items.map(hashOf));
  await changes.apply(client, batchId);
  return changes;
}
