import { AppError } from "@sluice/contracts";
import type { Client, Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";
import { lockConcurrency, RUNNING_OF_BATCH } from "./lock-concurrency.ts";

export interface NewAttempt {
  readonly id: string;
  readonly batchId: string;
  readonly stage: "extract" | "classify";
  readonly queue: string;
  readonly shardId: string;
  readonly retryCount: number;
  readonly workerId: string;
  readonly coordinatorId: string;
  readonly ordinals: readonly number[];
  /** Shards of the batch that may be in work at a time; null: any number. */
  readonly maxConcurrent: number | null;
}

/** How the batch stood when the attempt was to be recorded. */
export interface AttemptPermit {
  /** Nothing was recorded, and nothing of the batch may be sent. */
  readonly paused: boolean;
  /** The same, because as much of it is in work as may be at a time. */
  readonly full: boolean;
  readonly revision: number;
}

/**
 * Records a try before it is sent, unless the batch is paused or has as much in work as it may. An earlier try at the same shard that is still down as
 * running belonged to a coordinator that is gone: the queue would not have given the job out again otherwise. The slot
 * that it is for stands idle meanwhile, so it does not wait for the disk: a server that crashes may forget the record, as it
 * may the fetch, and what is stored is decided by the commit alone.
 */
export async function recordAttempt(database: Database, attempt: NewAttempt): Promise<AttemptPermit> {
  try {
    if (attempt.maxConcurrent === null) return await record(database.pool, attempt);
    return await database.transaction(async (client) => {
      await lockConcurrency(client, attempt.batchId);
      return await record(client, attempt);
    });
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function record(client: Pick<Client, "query">, attempt: NewAttempt): Promise<AttemptPermit> {
  const { maxConcurrent } = attempt;
  const room = maxConcurrent === null ? "" : `and (${RUNNING_OF_BATCH} and a.shard_id <> $4) < $10::int`;
  const { rows } = await client.query<AttemptPermit>({
    name: maxConcurrent === null ? "record-attempt" : "record-attempt-bounded",
    text: `with batch as (
         select paused_at is not null as paused, revision, set_config('synchronous_commit', 'off', true)
           from batches where id = $2),
       lost as (
         update attempts set outcome = 'coordinator_lost', ended_at = now()
          where shard_id = $4 and outcome = 'running'),
       recorded as (
         insert into attempts (id, batch_id, stage, queue, shard_id, retry_count, worker_id, coordinator_id, ordinals)
         select $1::uuid, $2::uuid, $9, $3, $4::uuid, $5::int, $6::uuid, $7::uuid, $8::int[]
           from batch where not paused ${room}
         returning 1)
       select paused, revision, not paused and not exists (select 1 from recorded) as full from batch`,
    values: [
      attempt.id,
      attempt.batchId,
      attempt.queue,
      attempt.shardId,
      attempt.retryCount,
      attempt.workerId,
      attempt.coordinatorId,
      attempt.ordinals,
      attempt.stage,
      ...(maxConcurrent === null ? [] : [maxConcurrent]),
    ],
  });
  const [permit] = rows;
  if (permit === undefined) throw new AppError("NOT_FOUND", `There is no batch ${attempt.batchId}.`);
  return permit;
}
