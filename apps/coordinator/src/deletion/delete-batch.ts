import { AppError } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { lockBatch } from "../db/queries/lock-batch.ts";
import { recordEvent } from "../db/queries/record-event.ts";

/**
 * Asks for the deletion of a batch that has ended: from now on nobody finds it, and `BatchRemover` takes its rows away in
 * steps. NOT_FOUND; CONFLICT for one that still has work to do.
 */
export async function deleteBatch(database: Database, batchId: string): Promise<void> {
  await database.transaction(async (client) => {
    const { state } = await lockBatch(client, batchId, "cancel");
    if (state !== "done" && state !== "cancelled") {
      throw new AppError("CONFLICT", `The batch is ${state}: cancel it first, or let it end.`, { context: { state } });
    }
    await client.query("update batches set deleting_at = now(), revision = revision + 1 where id = $1", [batchId]);
    await recordEvent(client, batchId, "batch.deleted");
  });
}
