import type { Client } from "../db/database.ts";
import type { ToldEvent } from "./told-event.ts";

/** Puts events, in their order, before each webhook that they are for. Returns how many deliveries that makes. */
export async function fanOut(client: Client, events: readonly ToldEvent[]): Promise<number> {
  const { rowCount } = await client.query(
    `insert into webhook_deliveries (webhook_id, event_id, type, batch_id, position, body)
     select w.id, e.event_id, e.type, e.batch_id, e.position, e.body
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[])
              as e (event_id, type, batch_id, position, body, owner)
       join webhooks w on w.disabled_at is null
                      and (w.types is null or e.type = any(w.types))
                      and (w.batch_id is null or w.batch_id = e.batch_id)
                      and (w.sees_all or e.owner is null or e.owner::text = w.created_by)
      -- A token that opens nothing any more is told nothing any more.
      where not exists (
        select from tokens t
         where t.id::text = w.created_by and (t.revoked_at is not null or t.expires_at <= now()))
      order by e.position`,
    [
      events.map(({ event }) => event.eventId),
      events.map(({ event }) => event.type),
      events.map(({ event }) => event.batchId),
      events.map(({ event }) => event.position),
      events.map(({ event }) => JSON.stringify({ type: event.type, timestamp: event.at, data: event })),
      events.map(({ owner }) => owner),
    ],
  );
  return rowCount ?? 0;
}
