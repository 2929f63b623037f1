import type { Client } from "../database.ts";

/** The attempts of batch $2 that are in work, over all coordinators; more conditions may follow. */
export const RUNNING_OF_BATCH =
  "select count(*) from attempts a where a.batch_id = $2 and a.stage = 'extract' and a.outcome = 'running'";

// Any constant of our own, another than those of migrations and of the queue's start.
const CONCURRENCY_LOCK = 518_624_003;

/**
 * Whoever counts what is in work of a bounded batch, and acts on it, does so one after another. A lock of its own: the batch's row
 * is locked while chunks are taken in, and nothing waits for a row while it holds this.
 */
export async function lockConcurrency(client: Client, batchId: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1, hashtext($2))", [CONCURRENCY_LOCK, batchId]);
}
