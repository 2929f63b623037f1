import type { Priority } from "@sluice/contracts";
import type { Client } from "../db/database.ts";
import { priorityAt, rangeOf } from "./fair-order.ts";

export interface ShardsToPlace {
  readonly batchId: string;
  readonly queue: string;
  readonly priority: Priority;
  /** The token that opened the batch; what nobody owns is one owner's. */
  readonly owner: string | null;
  readonly count: number;
}

/**
 * Where so many shards of a batch, which the caller has locked against appends, go in their queue: the priority of the first, each
 * further one is one less. Appends of one owner that run beside each other may get the same places; nobody else is the worse for it.
 */
export async function placeShards(client: Client, shards: ShardsToPlace): Promise<number> {
  const { front, back } = rangeOf(shards.priority);
  const { rows } = await client.query<{ tag: number | null }>({
    name: shards.owner === null ? "place-shards-unowned" : "place-shards",
    text: `select greatest(
       -- What the queue has come to: the first that waits, and the last that was handed out.
       (select $3::int - j.priority from pgboss.job j
         where j.name = $1 and j.state < 'active' and not j.blocked and j.start_after <= now()
           and j.priority between $4 and $3
         order by j.priority desc limit 1),
       (select $3::int - min(j.priority) from pgboss.job j
         where j.name = $1 and j.state = 'active' and j.priority between $4 and $3),
       -- Behind what this owner has waiting.
       (select max(b.fair_tag)
          from batches b
          join batch_counters c on c.batch_id = b.id and c.stage = 'extract' and c.state = 'pending' and c.items > 0
         where ${shards.owner === null ? "$5::uuid is null and b.created_by is null" : "b.created_by = $5::uuid"}
           and b.state in ('open', 'sealed') and b.queue = $1 and b.priority = $2)) as tag`,
    values: [shards.queue, shards.priority, front, back, shards.owner],
  });
  const tag = rows[0]?.tag ?? 0;
  await client.query({
    name: "note-fair-tag",
    text: "update batches set fair_tag = $2 where id = $1",
    values: [shards.batchId, tag + shards.count],
  });
  return priorityAt(shards.priority, tag, shards.count);
}
