import {
  AppError,
  type BatchOptions,
  CLASSIFY_STATES,
  EXTRACT_STATES,
  type OpenBatchRequest,
  openBatchRequestSchema,
} from "@sluice/contracts";
import type { Client } from "../db/database.ts";
import { keepPasswords } from "../db/queries/batch-passwords.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { type Batch, readBatch } from "../db/queries/read-batch.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { recordEvent } from "../db/queries/record-event.ts";
import { addSources, checkSources } from "../listings/add-sources.ts";
import { judgedByModel } from "../models/judged-by-model.ts";
import { type Build, chooseBuild } from "../workers/choose-build.ts";
import { listWorkers } from "../workers/list-workers.ts";
import { type BatchQueues, ensureQueues, queuesFor } from "./batch-queues.ts";
import { batchHashes } from "./batch-hashes.ts";
import { type CancelParts, cancelInTransaction } from "./cancel-batch.ts";

/**
 * Opens a batch and freezes what it asks for, the build it is read by, and the hashes that follow. With `supersede`,
 * unfinished batches of the same submission and owner are cancelled in the same transaction. With `once`, a request that is
 * sent again opens no other batch. NO_WORKERS when no worker ever came, NO_CLASSIFIER when none had it.
 */
export async function openBatch(
  { database, queue, metrics }: CancelParts,
  request: OpenBatchRequest,
  once: OnceKey | null = null,
  /** Whose it is, and whose models it may be judged by (`seesOnly`). */
  { owner, visibleTo }: { owner: string | null; visibleTo: string | null } = { owner: null, visibleTo: null },
): Promise<{ batch: Batch; superseded: string[] }> {
  const {
    name,
    options: asked,
    submissionKey,
    supersede,
    passwords,
    sources,
    filter,
  } = openBatchRequestSchema.parse(request);
  if (sources !== undefined) checkSources(sources);
  const options = await judgedByModel(database, asked, visibleTo);
  if ((options.classifier === "llm" || options.classifier === "cascade") && options.store === "meta") {
    throw new AppError("TEXT_NOT_STORED", "An LLM judges text that is stored, and `store: meta` keeps none.");
  }
  const build = chooseBuild(await listWorkers(database), options.classifier);
  const queues = queuesFor(build, options.classifier);
  await ensureQueues(queue, queues);
  const newId = Bun.randomUUIDv7();
  const hashes = batchHashes(options, build);
  const cancelled = new CounterChanges();
  const { batchId, superseded } = await database.transaction((client) =>
    doOnce(client, once, async () => {
      const earlier =
        supersede && submissionKey !== undefined ? await findUnfinished(client, submissionKey, owner) : [];
      for (const id of earlier) cancelled.add(await cancelInTransaction(client, queue, id));
      await insertBatch(client, {
        batchId: newId,
        name: name ?? null,
        submissionKey: submissionKey ?? null,
        options,
        build,
        queues,
        owner,
        ...hashes,
      });
      await keepPasswords(client, newId, passwords);
      if (sources !== undefined) await addSources(client, newId, sources, filter ?? {});
      return { batchId: newId, superseded: earlier };
    }),
  );
  metrics?.stored(cancelled);
  return { batch: await readBatch(database, batchId), superseded };
}

/** Of the same owner, or of nobody. In order of their ids, so that two submissions at once cancel in the same order. */
async function findUnfinished(client: Client, submissionKey: string, owner: string | null): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from batches
      where submission_key = $1 and state in ('open', 'sealed') and (created_by is null or created_by = $2) order by id`,
    [submissionKey, owner],
  );
  return rows.map((row) => row.id);
}

export async function insertBatch(
  client: Client,
  batch: {
    batchId: string;
    name: string | null;
    submissionKey: string | null;
    options: BatchOptions;
    build: Build;
    queues: BatchQueues;
    /** The token that opens it; null where that is in no table. */
    owner: string | null;
    extractHash: Buffer;
    classifyHash: Buffer | null;
  },
): Promise<void> {
  await client.query(
    `insert into batches (id, name, priority, submission_key, options, engine_version, classifier_version, queue, label_queue,
                          extract_hash, classify_hash, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      batch.batchId,
      batch.name,
      batch.options.priority,
      batch.submissionKey,
      JSON.stringify(batch.options),
      batch.build.engineVersion,
      batch.build.classifierVersion,
      batch.queues.queue,
      batch.queues.labelQueue,
      batch.extractHash,
      batch.classifyHash,
      batch.owner,
    ],
  );
  const counters = [
    ...EXTRACT_STATES.map((state) => ["extract", state] as const),
    ...CLASSIFY_STATES.map((state) => ["classify", state] as const),
  ];
  await client.query(
    "insert into batch_counters (batch_id, stage, state) select $1, * from unnest($2::text[], $3::text[])",
    [batch.batchId, counters.map(([stage]) => stage), counters.map(([, state]) => state)],
  );
  await recordEvent(client, batch.batchId, "batch.opened", { priority: batch.options.priority });
}
