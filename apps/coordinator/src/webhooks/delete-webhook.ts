import type { Caller } from "../auth/token-store.ts";
import type { Database } from "../db/database.ts";
import { readWebhook } from "./list-webhooks.ts";

/** Nothing more is delivered to it; its log goes with it. NOT_FOUND. */
export async function deleteWebhook(database: Database, caller: Caller, webhookId: string): Promise<void> {
  await readWebhook(database, caller, webhookId);
  await database.transaction(async (client) => {
    await client.query("delete from webhooks where id = $1", [webhookId]);
  });
}
