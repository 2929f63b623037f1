import { AppError, type CreateWebhookRequest, type CreateWebhookResponse } from "@sluice/contracts";
import type { OutboundRules } from "@sluice/sources/outbound";
import { seesOnly } from "../admission/owners.ts";
import type { Caller } from "../auth/token-store.ts";
import type { Client, Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { doOnce, type OnceKey } from "../idempotency/do-once.ts";
import { toWebhook, type WebhookRow } from "./webhook-row.ts";
import { newWebhookSecret } from "./webhook-secret.ts";
import { checkTarget } from "./webhook-targets.ts";

/** Every event is matched with every webhook. */
const MOST_WEBHOOKS = 100;

/**
 * Events from now on are delivered to a URL. An administrator's webhook is told of all batches, another one of those that its
 * maker may see. WEBHOOK_REFUSED; NOT_FOUND for a batch; CONFLICT for a caller who has too many.
 */
export async function createWebhook(
  { database, webhookTargets }: { database: Database; webhookTargets: OutboundRules },
  caller: Caller,
  request: CreateWebhookRequest,
  once: OnceKey | null = null,
): Promise<CreateWebhookResponse> {
  await checkTarget(request.url, webhookTargets);
  if (request.batchId !== undefined) await ensureVisible(database, caller, request.batchId);
  return await database.transaction((client) => doOnce(client, once, () => insertWebhook(client, caller, request)));
}

/** A batch that a body names is not the guard's affair, which looks at paths and queries. */
async function ensureVisible(database: Database, caller: Caller, batchId: string): Promise<void> {
  const { owner } = await readBatch(database, batchId);
  const visibleTo = seesOnly(caller);
  if (visibleTo === null || owner === null || owner === visibleTo) return;
  throw new AppError("NOT_FOUND", `There is no batch ${batchId}.`);
}

async function insertWebhook(
  client: Client,
  caller: Caller,
  { url, types, batchId, description }: CreateWebhookRequest,
): Promise<CreateWebhookResponse> {
  const secret = newWebhookSecret();
  // Against the same caller beside us.
  await client.query("select pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))", [caller.id]);
  const { rows: existing } = await client.query<{ count: number }>(
    "select count(*)::int as count from webhooks where created_by = $1",
    [caller.id],
  );
  if ((existing[0]?.count ?? 0) >= MOST_WEBHOOKS) {
    throw new AppError("CONFLICT", `This caller has ${MOST_WEBHOOKS} webhooks already: delete one first.`);
  }
  const { rows } = await client.query<WebhookRow>(
    `insert into webhooks (id, url, types, batch_id, description, secret, created_by, sees_all)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id, url, types, batch_id, description, created_at, disabled_at, 0 as pending`,
    [
      Bun.randomUUIDv7(),
      url,
      types ?? null,
      batchId ?? null,
      description ?? null,
      secret,
      caller.id,
      caller.role === "admin",
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The webhook was not stored.");
  return { webhook: toWebhook(row), secret };
}
