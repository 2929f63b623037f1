import { AppError, type RetryItemRequest } from "@sluice/contracts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { OnceKey } from "../idempotency/do-once.ts";
import { retryFailed, type RetryParts } from "./retry-failed.ts";

/** Makes one failed item pending again; see `retryFailed`. NOT_FOUND; CONFLICT for an item that has not failed. */
export async function retryItem(
  parts: RetryParts,
  { batchId, ordinal }: { batchId: string; ordinal: number },
  limits: RetryItemRequest,
  once: OnceKey | null,
): Promise<void> {
  if ((await retryFailed(parts, batchId, { ...limits, ordinals: [ordinal] }, once)) > 0) return;
  const state = await stateOf(parts, batchId, ordinal);
  if (state === null) throw new AppError("NOT_FOUND", `The batch has no item ${ordinal}.`);
  throw new AppError("CONFLICT", `Item ${ordinal} is ${state}; one that has failed in extraction can be tried again.`, {
    context: { state },
  });
}

async function stateOf({ database }: RetryParts, batchId: string, ordinal: number): Promise<string | null> {
  try {
    const [row] = await database.sql<{ state: string }[]>`
      select extract_state as state from items where batch_id = ${batchId} and ordinal = ${ordinal}`;
    return row?.state ?? null;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
