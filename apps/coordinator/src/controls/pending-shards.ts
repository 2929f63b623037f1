import type { Client } from "../db/database.ts";

/** The jobs that cover what is pending of a batch. */
export async function pendingShards(client: Client, batchId: string): Promise<string[]> {
  const { rows } = await client.query<{ shard_id: string }>(
    `select distinct shard_id from items
      where batch_id = $1 and extract_state = 'pending' and shard_id is not null`,
    [batchId],
  );
  return rows.map((row) => row.shard_id);
}
