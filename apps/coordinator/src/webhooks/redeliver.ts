import { AppError, type Delivery } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import type { Client, Database } from "../db/database.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { readWebhook } from "./list-webhooks.ts";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "./webhook-row.ts";

/**
 * Sends a delivery that has ended once more, the same bytes under the same `webhook-id`, with tries as for a new one. NOT_FOUND;
 * CONFLICT while it is pending, and where the webhook is disabled.
 */
export async function redeliver(
  database: Database,
  caller: Caller,
  { webhookId, deliveryId }: { webhookId: string; deliveryId: string },
  once: OnceKey | null = null,
): Promise<Delivery> {
  const { disabledAt } = await readWebhook(database, caller, webhookId);
  if (disabledAt !== null) {
    throw new AppError("CONFLICT", "The webhook is disabled, its receiver wanted no more: make a new one.");
  }
  const update = async (client: Client) => {
    const { rows: found } = await client.query<{ state: string }>(
      "select state from webhook_deliveries where webhook_id = $1 and id = $2 for update",
      [webhookId, deliveryId],
    );
    if (found[0] === undefined) throw new AppError("NOT_FOUND", `There is no delivery ${deliveryId} of that webhook.`);
    if (found[0].state === "pending") throw new AppError("CONFLICT", "The delivery is pending: it is tried by itself.");
    const { rows } = await client.query<DeliveryRow>(
      `update webhook_deliveries set state = 'pending', tries = 0, next_try_at = now()
        where id = $1 returning ${DELIVERY_COLUMNS}`,
      [deliveryId],
    );
    if (rows[0] === undefined) throw new Error("The delivery was locked and is gone.");
    return toDelivery(rows[0]);
  };
  return await database.transaction((client) => doOnce(client, once, () => update(client)));
}
