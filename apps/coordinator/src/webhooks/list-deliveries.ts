import type { DeliveryList, DeliveryState } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readWebhook } from "./list-webhooks.ts";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "./webhook-row.ts";

/** What was and is to be delivered to a webhook, the newest first. NOT_FOUND. */
export async function listDeliveries(
  database: Database,
  caller: Caller,
  {
    webhookId,
    state,
    before,
    limit,
  }: { webhookId: string; state: DeliveryState | null; before: number | null; limit: number },
): Promise<DeliveryList> {
  await readWebhook(database, caller, webhookId);
  const { sql } = database;
  try {
    const rows = await sql<DeliveryRow[]>`
      select ${sql.unsafe(DELIVERY_COLUMNS)}
        from webhook_deliveries
       where webhook_id = ${webhookId} and (${state}::text is null or state = ${state})
         and (${before}::bigint is null or entry < ${before})
       order by entry desc limit ${limit + 1}`;
    const page = rows.slice(0, limit);
    return { deliveries: page.map(toDelivery), next: rows.length > limit ? (page.at(-1)?.entry ?? null) : null };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
