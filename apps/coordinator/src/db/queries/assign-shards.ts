import type { NewShard } from "../../queue/shard-job.ts";
import type { Client } from "../database.ts";
import { spanOf } from "./span-of.ts";

/** Says of items that are pending, in whatever stage, which shard covers them. */
export async function assignShards(client: Client, batchId: string, shards: readonly NewShard[]): Promise<void> {
  const pairs = shards.flatMap((shard) => shard.ordinals.map((ordinal) => ({ ordinal, id: shard.id })));
  if (pairs.length === 0) return;
  await client.query(
    `update items i set shard_id = n.shard_id
       from unnest($2::int[], $3::uuid[]) as n (ordinal, shard_id)
      where i.batch_id = $1 and i.ordinal between $4 and $5 and i.ordinal = n.ordinal
        and (i.extract_state = 'pending' or i.classify_state = 'pending')`,
    [
      batchId,
      pairs.map((pair) => pair.ordinal),
      pairs.map((pair) => pair.id),
      ...spanOf(pairs.map((pair) => pair.ordinal)),
    ],
  );
}
