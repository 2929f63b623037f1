import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { EVENT_TYPES, eventTypeSchema } from "./event.ts";
import { batchIdSchema } from "./ids.ts";

export const webhookIdSchema = z.uuid();
export const deliveryIdSchema = z.uuid();

export const createWebhookRequestSchema = closedObject({
  /** https, or http at a host that the server's configuration names. */
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** Which events; all by default. */
  types: z.array(eventTypeSchema).min(1).max(EVENT_TYPES.length).optional(),
  /** Those of one batch only. */
  batchId: batchIdSchema.optional(),
  description: z.string().max(500).optional(),
}).meta({ id: "CreateWebhookRequest" });
export type CreateWebhookRequest = z.input<typeof createWebhookRequestSchema>;

export const webhookSchema = z
  .object({
    webhookId: webhookIdSchema,
    url: z.string(),
    /** Null: all. */
    types: z.array(z.string()).nullable(),
    batchId: batchIdSchema.nullable(),
    description: z.string().nullable(),
    createdAt: z.string(),
    /** The receiver said 410, which is to say that it wants no more. */
    disabledAt: z.string().nullable(),
    /** Deliveries that wait for their first or next try. */
    pending: z.int(),
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof webhookSchema>;

export const createWebhookResponseSchema = z
  .object({
    webhook: webhookSchema,
    /** `whsec_…`, what deliveries are signed by. It is shown this once. */
    secret: z.string(),
  })
  .meta({ id: "CreateWebhookResponse" });
export type CreateWebhookResponse = z.infer<typeof createWebhookResponseSchema>;

export const webhookListSchema = z.object({ webhooks: z.array(webhookSchema) }).meta({ id: "WebhookList" });

/** `pending`: it waits for its first or next try. `failed`: given up. `dropped`: its webhook was disabled first. */
export const DELIVERY_STATES = ["pending", "delivered", "failed", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What a delivery is called that `POST …/test` asked for; its `data` names the webhook. */
export const TEST_EVENT_TYPE = "webhook.test";

/** The body of a delivery. `data` is a BatchEvent, but for tests. */
export const webhookMessageSchema = z
  .object({ type: z.string(), timestamp: z.string(), data: z.record(z.string(), z.json()) })
  .meta({ id: "WebhookMessage" });
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;

/** An event on its way to a webhook, with what came of the last try. */
export const deliverySchema = z
  .object({
    deliveryId: deliveryIdSchema,
    /** What the receiver sees as `webhook-id`. */
    eventId: z.uuid(),
    type: z.string(),
    batchId: batchIdSchema.nullable(),
    state: z.enum(DELIVERY_STATES),
    tries: z.int(),
    createdAt: z.string(),
    lastTriedAt: z.string().nullable(),
    /** While it is pending. */
    nextTryAt: z.string().nullable(),
    /** Of the last answer; null: there was none. */
    status: z.int().nullable(),
    latencyMs: z.int().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryListSchema = z
  .object({
    deliveries: z.array(deliverySchema),
    /** `before` of the next page; null: this is the last one. */
    next: z.int().nullable(),
  })
  .meta({ id: "WebhookDeliveryList" });
export type DeliveryList = z.infer<typeof deliveryListSchema>;
