import { AppError } from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { CounterChanges } from "../db/queries/change-counters.ts";
import { finishBatch } from "../db/queries/finish-batch.ts";
import { lockBatch } from "../db/queries/lock-batch.ts";
import { recordEvent } from "../db/queries/record-event.ts";

/**
 * Ends the submission of a batch. `items` is what the client has handed in: CONFLICT when the server has another count.
 * Sealing again is fine. A sealed batch with nothing pending is done at once: returns whether it is by this.
 */
export async function sealBatch(database: Database, batchId: string, items: number): Promise<boolean> {
  return await database.transaction(async (client) => {
    const { listsSources } = await lockBatch(client, batchId, "append");
    if (listsSources) throw new AppError("CONFLICT", "The batch lists its own sources and seals itself.");
    return await sealInTransaction(client, batchId, items);
  });
}

export async function sealInTransaction(client: Client, batchId: string, items: number): Promise<boolean> {
  const batch = await lockBatch(client, batchId, "append");
  const { rows } = await client.query<{ count: number }>(
    "select coalesce(max(ordinal) + 1, 0)::int as count from items where batch_id = $1",
    [batchId],
  );
  const stored = rows[0]?.count ?? 0;
  if (stored !== items) {
    throw new AppError("CONFLICT", `The batch has ${stored} items, not ${items}; hand in the rest, then seal.`, {
      context: { nextOrdinal: stored, items },
    });
  }
  if (batch.state === "sealed" || batch.state === "done") return false;
  if (batch.state === "cancelled") throw new AppError("CONFLICT", "The batch was cancelled.");
  await client.query("update batches set state = 'sealed', sealed_at = now(), sealed_items = $2 where id = $1", [
    batchId,
    items,
  ]);
  await recordEvent(client, batchId, "batch.sealed", { items });
  const pending = await new CounterChanges().apply(client, batchId);
  return pending === 0 && (await finishBatch(client, batchId));
}
