import { AppError, type AppendItemsResponse, type ItemSubmission } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { findUnchanged, type KeyedSource, type UnchangedSource } from "../db/queries/find-unchanged.ts";
import { insertItems, type NewItem } from "../db/queries/insert-items.ts";
import { lockBatch, type LockedBatch } from "../db/queries/lock-batch.ts";
import { recordUses } from "../db/queries/record-uses.ts";
import { enqueueLabels, type LabelStage } from "../labelling/enqueue-labels.ts";
import { placeShards } from "../queue/place-shards.ts";
import type { NewShard } from "../queue/shard-job.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import { claimUploads } from "../uploads/claim-uploads.ts";
import { enqueueShards } from "./enqueue-shards.ts";
import { formShards } from "./form-shards.ts";
import { sourceKey } from "./source-key.ts";

export interface IntakeParts {
  readonly database: Database;
  readonly queue: ShardQueue;
  /** How many shards the live workers that serve a queue take at a time. */
  slotsFor(queue: string): number;
  /** Where labels that are given in a stage of their own wait; null: nowhere. */
  labelStageOf(labelQueue: string | null): LabelStage | null;
  readonly metrics?: { stored(changes: CounterChanges): void };
  /** Says that there is work. */
  wake(): void;
}

/**
 * Takes one chunk of items in, with the jobs for them, in one transaction. Sending a chunk again, or one that overlaps,
 * is fine. BATCH_NOT_OPEN; CONFLICT for a batch that lists its sources; ORDINAL_CONFLICT for another source at an ordinal, or
 * for a gap, with `nextOrdinal`; UPLOAD_NOT_FOUND for an item whose upload is not here.
 */
export async function appendItems(
  parts: IntakeParts,
  batchId: string,
  items: readonly ItemSubmission[],
): Promise<AppendItemsResponse> {
  let stored: CounterChanges | null = null;
  const response = await parts.database.transaction(async (client) => {
    const batch = await lockBatch(client, batchId, "append");
    if (batch.state !== "open") {
      throw new AppError("BATCH_NOT_OPEN", `The batch is ${batch.state}.`, { context: { state: batch.state } });
    }
    if (batch.listsSources) {
      throw new AppError("CONFLICT", "The batch lists its own sources; open another one for these items.");
    }
    const nextOrdinal = await findNextOrdinal(client, batchId);
    checkOrdinals(items, nextOrdinal);
    await checkEarlier(
      client,
      batchId,
      items.filter((item) => item.ordinal < nextOrdinal),
      nextOrdinal,
    );
    const fresh = items.filter((item) => item.ordinal >= nextOrdinal);
    if (fresh.length > 0) stored = await takeItems(parts, client, batchId, batch, fresh);
    return { accepted: fresh.length, nextOrdinal: nextOrdinal + fresh.length };
  });
  if (stored !== null) parts.metrics?.stored(stored);
  if (response.accepted > 0) parts.wake();
  return response;
}

export async function findNextOrdinal(client: Client, batchId: string): Promise<number> {
  const { rows } = await client.query("select max(ordinal) as last from items where batch_id = $1", [batchId]);
  return (rows[0].last ?? -1) + 1;
}

function checkOrdinals(items: readonly ItemSubmission[], nextOrdinal: number): void {
  let expected = Math.min(items[0]?.ordinal ?? nextOrdinal, nextOrdinal);
  for (const { ordinal } of items) {
    if (ordinal !== expected) {
      throw new AppError("ORDINAL_CONFLICT", `Ordinal ${ordinal} leaves a gap: ${expected} comes next.`, {
        context: { nextOrdinal, ordinal },
      });
    }
    expected += 1;
  }
}

async function checkEarlier(
  client: Client,
  batchId: string,
  items: readonly ItemSubmission[],
  nextOrdinal: number,
): Promise<void> {
  if (items.length === 0) return;
  const { rows } = await client.query(
    `select i.ordinal from items i join unnest($2::int[], $3::text[]) as n (ordinal, uri) on n.ordinal = i.ordinal
      where i.batch_id = $1 and i.ordinal = any($2::int[]) and i.uri <> n.uri order by i.ordinal limit 1`,
    [batchId, items.map((item) => item.ordinal), items.map((item) => item.uri)],
  );
  if (rows.length > 0) {
    throw new AppError("ORDINAL_CONFLICT", `Ordinal ${rows[0].ordinal} belongs to another source.`, {
      context: { nextOrdinal, ordinal: rows[0].ordinal },
    });
  }
}

/** Takes items in that the batch, which the caller has locked, does not have yet. */
export async function takeItems(
  parts: Pick<IntakeParts, "queue" | "slotsFor" | "labelStageOf">,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  given: readonly ItemSubmission[],
): Promise<CounterChanges> {
  const items = await claimUploads(client, batchId, given);
  const keyed = items.map((item) => ({
    ...item,
    sourceKey: sourceKey(batch.extractHash, item.uri, item.sourceVersion),
  }));
  const unchanged = batch.force
    ? new Map<number, UnchangedSource>()
    : await findUnchanged(client, { batchId, ...batch }, keyed);
  const shards = formShards(
    items.filter((item) => !unchanged.has(item.ordinal)),
    parts.slotsFor(batch.queue),
    batch.commitDocuments,
  );
  const unlabelled = [...unchanged].flatMap(([ordinal, { classifyState }]) =>
    classifyState === "pending" ? [ordinal] : [],
  );
  const labelShards = await placeLabels(parts, client, batchId, batch, unlabelled);
  const rows = toRows(keyed, unchanged, [...shards, ...labelShards], batch.classifyHash !== null);
  await insertItems(client, batchId, rows);
  const used = [...unchanged.values()].filter(({ ofAnother }) => ofAnother);
  await recordUses(
    client,
    batchId,
    used.map(({ contentHash }) => contentHash.toString("hex")),
  );
  await enqueueShards(client, parts.queue, batchId, batch, shards);
  const changes = new CounterChanges();
  for (const row of rows) changes.enter(row.extractState, row.classifyState, unchanged.get(row.ordinal));
  await changes.apply(client, batchId);
  return changes;
}

/** Documents that are stored and only to be judged: behind what their owner has waiting, as shards that are to be read. */
export async function placeLabels(
  parts: Pick<IntakeParts, "queue" | "labelStageOf">,
  client: Client,
  batchId: string,
  batch: LockedBatch,
  ordinals: readonly number[],
): Promise<readonly NewShard[]> {
  const stage = parts.labelStageOf(batch.labelQueue);
  if (stage === null || ordinals.length === 0) return [];
  const count = Math.ceil(ordinals.length / stage.labelDocuments);
  const place = await placeShards(client, { batchId, ...batch, queue: stage.labelQueue, count });
  return await enqueueLabels(client, parts.queue, batchId, { ...stage, ordinals, place, paused: batch.paused });
}

function toRows(
  items: readonly KeyedSource[],
  unchanged: ReadonlyMap<number, UnchangedSource>,
  shards: readonly NewShard[],
  classify: boolean,
): NewItem[] {
  const shardOf = new Map(shards.flatMap((shard) => shard.ordinals.map((ordinal) => [ordinal, shard.id] as const)));
  return items.map((item) => {
    const known = unchanged.get(item.ordinal);
    return {
      ordinal: item.ordinal,
      uri: item.uri,
      sourceVersion: item.sourceVersion,
      sizeBytes: item.sizeBytes,
      sourceKey: item.sourceKey,
      extractState: known === undefined ? "pending" : "unchanged",
      classifyState: known?.classifyState ?? (classify ? "pending" : "none"),
      shardId: shardOf.get(item.ordinal) ?? null,
      contentHash: known?.contentHash ?? null,
    };
  });
}
