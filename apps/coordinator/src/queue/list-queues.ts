import type { QueueList, QueueRow, RunningShard } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { shardQueueName } from "./queue-options.ts";
import { type QueueDepth, readQueueDepths } from "./read-queue-depths.ts";

const MAX_RUNNING = 1_000;

/** What waits for whom, and who has what in hand, of the batches that `visibleTo` may see: the fullest queues first. */
export async function listQueues(database: Database, visibleTo: string | null = null): Promise<QueueList> {
  const [depths, workers, running] = await Promise.all([
    readQueueDepths(database),
    listWorkers(database),
    readRunning(database, visibleTo),
  ]);
  return { queues: depths.map((depth) => toQueueRow(depth, workers, running)) };
}

interface RunningRow extends RunningShard {
  readonly queue: string;
  readonly workerId: string;
}

function toQueueRow(
  { queue, waiting, active, oldestSeconds }: QueueDepth,
  workers: readonly KnownWorker[],
  running: readonly RunningRow[],
): QueueRow {
  const [stage, engineVersion = "", classifierVersion = null] = queue.split("/");
  const shards = Map.groupBy(
    running.filter((shard) => shard.queue === queue),
    (shard) => shard.workerId,
  );
  const serving = workers.filter((worker) => worker.live && serves(worker, queue));
  const others = [...shards.keys()].filter((id) => !serving.some((worker) => worker.workerId === id));
  return {
    queue,
    stage: stage === "classify" ? "classify" : "extract",
    engineVersion,
    classifierVersion,
    queued: waiting,
    active,
    oldestSeconds,
    slots: sum(serving.map((worker) => worker.slots)),
    busySlots: sum(serving.map((worker) => worker.busySlots)),
    workers: [...serving.map((worker) => worker.workerId), ...others].map((workerId) => {
      const worker = workers.find((known) => known.workerId === workerId);
      return {
        workerId,
        address: worker?.address ?? null,
        live: worker?.live ?? false,
        slots: worker?.slots ?? 0,
        running: (shards.get(workerId) ?? []).map(toRunningShard),
      };
    }),
  };
}

function toRunningShard({ attemptId, batchId, shardId, items, since }: RunningRow): RunningShard {
  return { attemptId, batchId, shardId, items, since };
}

function serves(worker: KnownWorker, queue: string): boolean {
  return [null, ...worker.classifiers].some((version) => shardQueueName(worker.engineVersion, version) === queue);
}

async function readRunning({ sql }: Database, visibleTo: string | null): Promise<RunningRow[]> {
  try {
    const rows = await sql<(Omit<RunningRow, "since"> & { since: Date })[]>`
      select id as "attemptId", batch_id as "batchId", shard_id as "shardId", cardinality(ordinals) as items,
             dispatched_at as since, queue, worker_id as "workerId"
        from attempts a
       where outcome = 'running'
         and (${visibleTo}::uuid is null or exists (
           select 1 from batches b
            where b.id = a.batch_id and (b.created_by is null or b.created_by = ${visibleTo})))
       order by dispatched_at limit ${MAX_RUNNING}`;
    return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
