import type { Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

export interface NewAttempt {
  readonly id: string;
  readonly batchId: string;
  readonly queue: string;
  readonly shardId: string;
  readonly retryCount: number;
  readonly workerId: string;
  readonly coordinatorId: string;
  readonly ordinals: readonly number[];
}

/**
 * Records a try before it is sent. An earlier try at the same shard that is still down as running belonged to a
 * coordinator that is gone: the queue would not have given the job out again otherwise.
 */
export async function recordAttempt(database: Database, attempt: NewAttempt): Promise<void> {
  try {
    await database.pool.query(
      `with lost as (
         update attempts set outcome = 'coordinator_lost', ended_at = now()
          where shard_id = $4 and outcome = 'running')
       insert into attempts (id, batch_id, stage, queue, shard_id, retry_count, worker_id, coordinator_id, ordinals)
       values ($1, $2, 'extract', $3, $4, $5, $6, $7, $8)`,
      [
        attempt.id,
        attempt.batchId,
        attempt.queue,
        attempt.shardId,
        attempt.retryCount,
        attempt.workerId,
        attempt.coordinatorId,
        attempt.ordinals,
      ],
    );
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
