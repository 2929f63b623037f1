import type { QueueList, QueueRow, RunningShard } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { type KnownWorker, listWorkers } from "../workers/list-workers.ts";
import { labelQueueName, shardQueueName } from "./queue-options.ts";
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
  const shards = Map.groupBy(
    running.filter((shard) => shard.queue === queue),
    (shard) => shard.workerId,
  );
  const serving = workers.flatMap((worker) => (worker.live ? servingOf(worker, queue) : []));
  const others = [...shards.keys()].filter((id) => !serving.some(({ workerId }) => workerId === id));
  return {
    queue,
    ...offeredBy(queue, serving),
    queued: waiting,
    active,
    oldestSeconds,
    slots: sum(serving.map(({ slots }) => slots)),
    busySlots: sum(serving.map(({ busySlots }) => busySlots)),
    workers: [...serving.map(({ workerId }) => workerId), ...others].map((workerId) => {
      const worker = workers.find((known) => known.workerId === workerId);
      return {
        workerId,
        address: worker?.address ?? null,
        live: worker?.live ?? false,
        slots: serving.find((found) => found.workerId === workerId)?.slots ?? worker?.slots ?? 0,
        running: (shards.get(workerId) ?? []).map(toRunningShard),
      };
    }),
  };
}

/** A worker's part in a queue. */
interface Serving {
  readonly workerId: string;
  readonly slots: number;
  readonly busySlots: number;
  /** What judges there; null for work that is read. */
  readonly classifier: string | null;
}

function servingOf({ workerId, slots, busySlots, ...worker }: KnownWorker, queue: string): Serving[] {
  const reads = [null, ...worker.classifiers].some(
    (version) => shardQueueName(worker.engineVersion, version) === queue,
  );
  if (reads) return [{ workerId, slots, busySlots, classifier: null }];
  const labeller = worker.labellers.find(({ classifier }) => labelQueueName(classifier) === queue);
  if (labeller === undefined) return [];
  return [{ workerId, slots: labeller.slots, busySlots: labeller.busySlots, classifier: labeller.classifier }];
}

/** What a queue's name says of the work in it; a classifier by the name that it has at its workers, while there are any. */
function offeredBy(
  queue: string,
  serving: readonly Serving[],
): Pick<QueueRow, "stage" | "engineVersion" | "classifierVersion"> {
  const [stage, first = "", second = null] = queue.split("/");
  if (stage === "extract") return { stage, engineVersion: first, classifierVersion: second };
  return { stage: "classify", engineVersion: "", classifierVersion: serving[0]?.classifier ?? first };
}

function toRunningShard({ attemptId, batchId, shardId, items, since }: RunningRow): RunningShard {
  return { attemptId, batchId, shardId, items, since };
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
