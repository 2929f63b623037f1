import type { Database } from "../db/database.ts";
import type { OutgoingDelivery } from "./send-delivery.ts";

export interface ClaimedDelivery extends OutgoingDelivery {
  readonly entry: number;
  readonly webhookId: string;
  /** This one included: together with `entry` the fence of what is recorded of it. */
  readonly tries: number;
}

interface ClaimRow {
  entry: number;
  webhook_id: string;
  tries: number;
  event_id: string;
  body: string;
  url: string;
  secret: string;
}

/**
 * Takes deliveries that are due, the longest due first: of one webhook and batch only the first that is pending, so that they arrive
 * in order. Until the lease ends nobody else takes them; a coordinator that dies leaves them to be sent again then.
 */
export async function claimDeliveries(
  { pool }: Database,
  {
    limit,
    perWebhook,
    except,
    leaseMs,
  }: { limit: number; perWebhook: number; except: readonly string[]; leaseMs: number },
): Promise<ClaimedDelivery[]> {
  const { rows } = await pool.query<ClaimRow>({
    name: "claim-deliveries",
    text: CLAIM,
    values: [limit, perWebhook, except, leaseMs],
  });
  return rows.map((row) => ({
    entry: row.entry,
    webhookId: row.webhook_id,
    tries: row.tries,
    eventId: row.event_id,
    body: row.body,
    url: row.url,
    secret: row.secret,
  }));
}

const CLAIM = `
  with due as (
    select d.entry
      from webhooks w
      cross join lateral (
        select entry, next_try_at
          from webhook_deliveries d
         where d.webhook_id = w.id and d.state = 'pending' and d.next_try_at <= now()
           and (d.batch_id is null or not exists (
             select from webhook_deliveries earlier
              where earlier.webhook_id = d.webhook_id and earlier.batch_id = d.batch_id
                and earlier.state = 'pending' and earlier.position < d.position))
         order by d.next_try_at, d.entry
         limit $2
         for update of d skip locked) d
     where w.disabled_at is null and w.id <> all($3::uuid[])
     order by d.next_try_at, d.entry
     limit $1)
  update webhook_deliveries d
     set tries = d.tries + 1, last_tried_at = now(), next_try_at = now() + $4::int * interval '1 millisecond'
    from due, webhooks w
   where d.entry = due.entry and w.id = d.webhook_id
  returning d.entry, d.webhook_id, d.tries, d.event_id, d.body, w.url, w.secret`;
