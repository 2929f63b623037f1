import type { Client } from "../db/database.ts";
import { RUNNING_OF_BATCH } from "../db/queries/lock-concurrency.ts";

/** How many shards more of a batch may be in work; not above zero: none. The caller holds `lockConcurrency`. */
export async function concurrencyRoom(client: Client, batchId: string, maxConcurrent: number): Promise<number> {
  const { rows } = await client.query<{ room: number }>(`select ($1::int - (${RUNNING_OF_BATCH}))::int as room`, [
    maxConcurrent,
    batchId,
  ]);
  return rows[0]?.room ?? 0;
}
