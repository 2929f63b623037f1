import type { Client } from "../database.ts";
import { forgetPasswords } from "./batch-passwords.ts";
import { readEndedCounts } from "./read-ended-counts.ts";
import { recordEvent } from "./record-event.ts";

/**
 * Ends a sealed batch that has nothing pending. The caller holds its counters and has seen that nothing is. A pause ends with
 * it: nobody could resume a batch that is done, and what is retried of it later would wait for ever.
 */
export async function finishBatch(client: Client, batchId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update batches set state = 'done', finished_at = now(), paused_at = null,
            revision = revision + (paused_at is not null)::int
      where id = $1 and state = 'sealed'`,
    [batchId],
  );
  if (rowCount !== 1) return false;
  await forgetPasswords(client, batchId);
  await recordEvent(client, batchId, "batch.done", await readEndedCounts(client, batchId));
  return true;
}
