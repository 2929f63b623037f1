import { AppError } from "@sluice/contracts";
import type { Client } from "../db/database.ts";
import { lockBatch, type LockedBatch } from "../db/queries/lock-batch.ts";

/** Locks a batch that still has work to do. CONFLICT for one that has ended. */
export async function lockUnfinished(client: Client, batchId: string): Promise<LockedBatch> {
  const batch = await lockBatch(client, batchId, "append");
  if (batch.state === "open" || batch.state === "sealed") return batch;
  throw new AppError("CONFLICT", `The batch is ${batch.state} already.`, { context: { state: batch.state } });
}
