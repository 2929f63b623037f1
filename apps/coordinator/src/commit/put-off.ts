import { ERROR_RULES } from "@sluice/contracts";
import type { Client } from "../db/database.ts";
import { assignShards } from "../db/queries/assign-shards.ts";
import { spanOf } from "../db/queries/span-of.ts";
import { SOURCE_TRIES, sourceBackOffMs } from "../listings/source-back-off.ts";
import type { ShardQueue } from "../queue/shard-queue.ts";
import type { Fence } from "../queue/shard-job.ts";
import type { StagedItem } from "./staged-item.ts";

/**
 * Items that failed for a reason that passes stay pending, in shards that are due later, the later the more often they were
 * tried: a store that is down for an hour costs time, and no document. Returns the items that are to be settled, those
 * among them that were tried often enough.
 */
export async function putOff(
  client: Client,
  queue: ShardQueue,
  shard: { fence: Fence; hashes: { batchId: string }; items: readonly StagedItem[] },
  { priority, firstMs }: { priority: number; firstMs: number },
): Promise<readonly StagedItem[]> {
  const passing = shard.items.filter((item) => item.kind === "failed" && ERROR_RULES[item.code].retryable);
  if (passing.length === 0) return shard.items;
  const ordinals = passing.map((item) => item.ordinal);
  const { batchId } = shard.hashes;
  const { rows } = await client.query<{ ordinal: number; source_tries: number }>(
    `update items set source_tries = source_tries + 1, attempts = attempts + 1
      where batch_id = $1 and ordinal between $3 and $4 and ordinal = any($2::int[]) and extract_state = 'pending'
        and source_tries < ${SOURCE_TRIES}
      returning ordinal, source_tries`,
    [batchId, ordinals, ...spanOf(ordinals)],
  );
  for (const [tries, items] of Map.groupBy(rows, (row) => row.source_tries)) {
    const again = items.map((item) => item.ordinal).sort((left, right) => left - right);
    const part = { id: Bun.randomUUIDv7(), ordinals: again };
    const afterMs = sourceBackOffMs(tries - 1, firstMs);
    await queue.add(client, shard.fence.queue, batchId, priority, [part], { afterMs });
    await assignShards(client, batchId, [part]);
  }
  const off = new Set(rows.map((row) => row.ordinal));
  return shard.items.filter((item) => !off.has(item.ordinal));
}
