import type { BatchStatus } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import type { BatchChanges } from "./batch-changes.ts";

// Many shards may end in one moment; nobody reads faster than this.
const COALESCE_MS = 100;
// What other coordinators change is found at the next look.
const LOOK_EVERY_MS = 500;

/**
 * The status of a batch, at once and then at every change, until it is done or cancelled or `signal` aborts. Null stands
 * for "nothing new", about twice a second, so that the caller can keep its line alive. NOT_FOUND.
 */
export async function* watchBatch(
  { database, changes }: { database: Database; changes: BatchChanges },
  batchId: string,
  signal: AbortSignal,
): AsyncGenerator<BatchStatus | null> {
  let last = "";
  while (!signal.aborted) {
    // Asked for before the look, so that no change falls between.
    const next = changes.next(batchId, LOOK_EVERY_MS, signal);
    const lookedAt = Date.now();
    const { status } = await readBatch(database, batchId);
    const text = JSON.stringify(status);
    yield text === last ? null : status;
    last = text;
    if (status.state === "done" || status.state === "cancelled") return;
    await next;
    await Bun.sleep(Math.max(0, lookedAt + COALESCE_MS - Date.now()));
  }
}
