import type { EventDetail, EventType } from "@sluice/contracts";
import type { Client } from "../database.ts";

/**
 * Writes an event in the transaction that makes it true. The caller has changed the batch already or holds its lock, so that
 * events of one batch are written one after the other.
 */
export async function recordEvent(
  client: Pick<Client, "query">,
  batchId: string,
  type: EventType,
  detail: EventDetail = {},
): Promise<void> {
  await client.query(
    `insert into batch_events (event_id, batch_id, name, state, owner, type, detail)
     select $2, id, name, state, created_by, $3, $4 from batches where id = $1`,
    [batchId, Bun.randomUUIDv7(), type, JSON.stringify(detail)],
  );
}
