import { AppError, type Delivery, TEST_EVENT_TYPE, type WebhookMessage } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import type { Client, Database } from "../db/database.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { readWebhook } from "./list-webhooks.ts";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "./webhook-row.ts";

/** Makes a delivery of no event, so that somebody sees whether it arrives. NOT_FOUND; CONFLICT where it is disabled. */
export async function testWebhook(
  database: Database,
  caller: Caller,
  webhookId: string,
  once: OnceKey | null = null,
): Promise<Delivery> {
  const { disabledAt } = await readWebhook(database, caller, webhookId);
  if (disabledAt !== null) {
    throw new AppError("CONFLICT", "The webhook is disabled, its receiver wanted no more: make a new one.");
  }
  const message: WebhookMessage = { type: TEST_EVENT_TYPE, timestamp: new Date().toISOString(), data: { webhookId } };
  const insert = async (client: Client) => {
    const { rows } = await client.query<DeliveryRow>(
      `insert into webhook_deliveries (webhook_id, event_id, type, body) values ($1, $2, $3, $4)
       returning ${DELIVERY_COLUMNS}`,
      [webhookId, Bun.randomUUIDv7(), TEST_EVENT_TYPE, JSON.stringify(message)],
    );
    if (rows[0] === undefined) throw new Error("The delivery was not stored.");
    return toDelivery(rows[0]);
  };
  return await database.transaction((client) => doOnce(client, once, () => insert(client)));
}
