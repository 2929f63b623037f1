import { AppError, type Webhook } from "@sluice/contracts";
import type { Caller } from "../auth/token-store.ts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { toWebhook, type WebhookRow } from "./webhook-row.ts";

/** The caller's, or for an administrator all, the oldest first. */
export async function listWebhooks(database: Database, caller: Caller): Promise<Webhook[]> {
  return await selectWebhooks(database, caller, null);
}

/** NOT_FOUND also for a webhook of somebody else. */
export async function readWebhook(database: Database, caller: Caller, webhookId: string): Promise<Webhook> {
  const [webhook] = await selectWebhooks(database, caller, webhookId);
  if (webhook === undefined) throw new AppError("NOT_FOUND", `There is no webhook ${webhookId}.`);
  return webhook;
}

async function selectWebhooks({ sql }: Database, caller: Caller, id: string | null): Promise<Webhook[]> {
  try {
    const rows = await sql<WebhookRow[]>`
      select id, url, types, batch_id, description, created_at, disabled_at,
             (select count(*) from webhook_deliveries d where d.webhook_id = w.id and d.state = 'pending') as pending
        from webhooks w
       where (${caller.role === "admin"} or created_by = ${caller.id}) and (${id}::uuid is null or id = ${id})
       order by created_at, id`;
    return rows.map(toWebhook);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
