import type { Delivery, DeliveryState, Webhook } from "@sluice/contracts";

export interface WebhookRow {
  id: string;
  url: string;
  types: string[] | null;
  batch_id: string | null;
  description: string | null;
  created_at: Date;
  disabled_at: Date | null;
  pending: number;
}

export function toWebhook(row: WebhookRow): Webhook {
  return {
    webhookId: row.id,
    url: row.url,
    types: row.types,
    batchId: row.batch_id,
    description: row.description,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    pending: row.pending,
  };
}

export interface DeliveryRow {
  entry: number;
  id: string;
  event_id: string;
  type: string;
  batch_id: string | null;
  state: DeliveryState;
  tries: number;
  created_at: Date;
  last_tried_at: Date | null;
  next_try_at: Date | null;
  status: number | null;
  latency_ms: number | null;
  error: string | null;
}

export const DELIVERY_COLUMNS = `entry, id, event_id, type, batch_id, state, tries, created_at, last_tried_at, next_try_at,
  status, latency_ms, error`;

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    deliveryId: row.id,
    eventId: row.event_id,
    type: row.type,
    batchId: row.batch_id,
    state: row.state,
    tries: row.tries,
    createdAt: row.created_at.toISOString(),
    lastTriedAt: row.last_tried_at?.toISOString() ?? null,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
    status: row.status,
    latencyMs: row.latency_ms,
    error: row.error,
  };
}
