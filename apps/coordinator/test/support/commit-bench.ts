import { type ItemLine, partText, PROTOCOL_VERSION, type TextItem } from "@sluice/contracts";
import { createLogger } from "@sluice/serverkit";
import { commitShard, type FinishedShard } from "../../src/commit/commit-shard.ts";
import { stageLine } from "../../src/commit/stage-line.ts";
import type { StagedItem } from "../../src/commit/staged-item.ts";
import { Staging, StagingMemory } from "../../src/commit/staging.ts";
import { StoreRoom } from "../../src/commit/store-room.ts";
import { connectDatabase, type Database } from "../../src/db/database.ts";
import { loadShardItems } from "../../src/db/queries/load-shard-items.ts";
import { readBatch } from "../../src/db/queries/read-batch.ts";
import { readBatchOptions } from "../../src/db/queries/read-batch-options.ts";
import { recordAttempt } from "../../src/db/queries/record-attempt.ts";
import { appendItems } from "../../src/intake/append-items.ts";
import { Turns } from "../../src/db/turns.ts";
import { openBatch } from "../../src/intake/open-batch.ts";
import { sealBatch } from "../../src/intake/seal-batch.ts";
import { openShardQueue, type ShardQueue } from "../../src/queue/shard-queue.ts";
import { fromRuns, type ShardJob } from "../../src/queue/shard-job.ts";
import { parseAddressAllowList } from "../../src/workers/address-allow-list.ts";
import { registerWorker } from "../../src/workers/register-worker.ts";
import { documentLine, TEST_ENGINE } from "./fake-worker.ts";
import { type Json, makeItems } from "./test-coordinator.ts";

/** The parts of a coordinator without its loops: a test plays dispatcher and worker itself. */
export interface CommitBench extends AsyncDisposable {
  readonly database: Database;
  readonly queue: ShardQueue;
  readonly logger: ReturnType<typeof createLogger>;
  readonly commitTurns: Turns;
  readonly storeRoom: StoreRoom;
  readonly sourceRetryMs: number;
  /** A sealed batch whose items are one shard. */
  batch(uris: readonly string[], options?: object): Promise<{ batchId: string; queueName: string }>;
  fetch(queueName: string): Promise<ShardJob>;
  /** Records an attempt at the job and stages its answer: what a dispatcher holds when the stream has ended. */
  finish(job: ShardJob, over?: (line: Json, ordinal: number) => object): Promise<FinishedShard & AsyncDisposable>;
  commit(shard: FinishedShard): Promise<"committed" | "fenced">;
  states(batchId: string): Promise<string[]>;
}

export async function openCommitBench(databaseUrl: string): Promise<CommitBench> {
  const logger = createLogger({ name: "test", level: "silent" });
  const database = connectDatabase({ url: databaseUrl, poolSize: 6, logger });
  const queue = await openShardQueue(database, logger);
  await registerWorker(database, parseAddressAllowList(["127.0.0.1"]), {
    protocol: PROTOCOL_VERSION,
    workerId: Bun.randomUUIDv7(),
    address: "http://127.0.0.1:1",
    slots: 1,
    busySlots: 0,
    engineVersion: TEST_ENGINE,
    classifiers: ["rules@1"],
    host: "test",
    pid: 1,
    dispatchToken: crypto.randomUUID(),
  });
  const bench: CommitBench = {
    database,
    queue,
    logger,
    commitTurns: new Turns(6),
    storeRoom: new StoreRoom(),
    sourceRetryMs: 1_000,
    batch: async (uris, options = {}) => {
      const { batch } = await openBatch({ database, queue }, { options });
      const items = makeItems(uris.length).map((item, index) => ({
        ...item,
        uri: `file:///bench/${uris[index]}`,
        sizeBytes: 10,
      }));
      const parts = { database, queue, slotsFor: () => 0, labelStageOf: () => null, wake: () => undefined };
      await appendItems(parts, batch.status.batchId, items);
      await sealBatch(database, batch.status.batchId, items.length);
      return { batchId: batch.status.batchId, queueName: batch.queue };
    },
    fetch: async (queueName) => {
      const [job] = await queue.fetch(queueName, 1);
      if (job === undefined) throw new Error("the queue is empty");
      return job;
    },
    finish: async (job, over = (line) => line) => {
      const batch = await readBatch(database, job.data.batchId);
      const { deduplicate } = await readBatchOptions(database, job.data.batchId);
      const hashes = { batchId: job.data.batchId, extractHash: batch.extractHash, classifyHash: batch.classifyHash };
      const ordinals = fromRuns(job.data.runs);
      const shard = { id: job.id, batchId: job.data.batchId, ordinals };
      const pending = await loadShardItems(database, shard, hashes, deduplicate);
      const attemptId = Bun.randomUUIDv7();
      await recordAttempt(database, {
        id: attemptId,
        batchId: job.data.batchId,
        stage: "extract",
        queue: job.queue,
        shardId: job.id,
        retryCount: job.retryCount,
        workerId: Bun.randomUUIDv7(),
        coordinatorId: Bun.randomUUIDv7(),
        ordinals,
        maxConcurrent: null,
      });
      const staging = new Staging("/tmp", new StagingMemory());
      const items: StagedItem[] = [];
      for (const item of pending) {
        const line = over(documentLine({ ...item, knownHashes: [] }, hashes.classifyHash !== null), item.ordinal);
        const { line: sent, text } = "pages" in line ? partText(line as TextItem) : { line, text: new Uint8Array() };
        items.push(await stageLine(sent as ItemLine, text, item, hashes, staging));
      }
      return {
        attemptId,
        fence: job,
        hashes,
        labelStage: null,
        deduplicate,
        items,
        staging,
        detail: {},
        uriOf: (ordinal) => pending.find((item) => item.ordinal === ordinal)?.uri ?? "",
        [Symbol.asyncDispose]: () => staging[Symbol.asyncDispose](),
      };
    },
    commit: (shard) => commitShard({ database, queue, sourceRetryMs: 1_000 }, shard, "whole"),
    states: async (batchId) => {
      const { rows } = await database.pool.query(
        "select extract_state from items where batch_id = $1 order by ordinal",
        [batchId],
      );
      return rows.map((row) => row.extract_state);
    },
    [Symbol.asyncDispose]: async () => {
      await queue.stop();
      await database.close();
    },
  };
  return bench;
}
