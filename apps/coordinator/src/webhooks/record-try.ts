import type { DeliveryState } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import type { DeliveryTry } from "./send-delivery.ts";

/**
 * Notes what came of a try. `retryMs`: null when there is no further one. A receiver that is gone gets nothing more: its webhook is
 * disabled, and what waits for it is dropped. Nothing is noted of a try whose lease was over and which another one has followed.
 */
export async function recordTry(
  database: Database,
  delivery: ClaimedDelivery,
  result: DeliveryTry,
  retryMs: number | null,
): Promise<DeliveryState> {
  const state = stateAfter(result, retryMs);
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      `update webhook_deliveries
          set state = $3, status = $4, latency_ms = $5, error = $6,
              next_try_at = case $3 when 'pending' then now() + $7::bigint * interval '1 millisecond' end
        where entry = $1 and tries = $2 and state = 'pending'`,
      [delivery.entry, delivery.tries, state, result.status, result.latencyMs, result.error, retryMs],
    );
    if (rowCount !== 1 || result.outcome !== "gone") return;
    await client.query("update webhooks set disabled_at = now() where id = $1 and disabled_at is null", [
      delivery.webhookId,
    ]);
    await client.query(
      "update webhook_deliveries set state = 'dropped', next_try_at = null where webhook_id = $1 and state = 'pending'",
      [delivery.webhookId],
    );
  });
  return state;
}

/** Gives a delivery back whose try was broken off: it is due again, and the try does not count. */
export async function releaseDelivery({ pool }: Database, { entry, tries }: ClaimedDelivery): Promise<void> {
  await pool.query(
    `update webhook_deliveries set tries = tries - 1, next_try_at = now()
      where entry = $1 and tries = $2 and state = 'pending'`,
    [entry, tries],
  );
}

function stateAfter({ outcome }: DeliveryTry, retryMs: number | null): DeliveryState {
  if (outcome === "delivered") return "delivered";
  return outcome === "gone" || retryMs === null ? "failed" : "pending";
}
