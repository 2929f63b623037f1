import { z } from "zod";
import { closedObject } from "./closed-object.ts";
import { EVENT_TYPES, eventTypeSchema } from "./event.ts";
import { batchIdSchema } from "./ids.ts";
import { timeSchema } from "./time.ts";

export const webhookIdSchema = z.uuid();
export const deliveryIdSchema = z.uuid();

export const createWebhookRequestSchema = closedObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe("Where they go: https, or http at a host that the server's configuration names."),
  types: z.array(eventTypeSchema).min(1).max(EVENT_TYPES.length).optional().describe("Which events; all by default."),
  batchId: batchIdSchema.optional().describe("Only the events of this batch; absent: of all that the caller may see."),
  description: z.string().max(500).optional().describe("What it is for, for people."),
}).meta({ id: "CreateWebhookRequest", description: "Where events are to be delivered, and which." });
export type CreateWebhookRequest = z.input<typeof createWebhookRequestSchema>;

export const webhookSchema = z
  .object({
    webhookId: webhookIdSchema.describe("The webhook."),
    url: z.string().describe("Where they go."),
    types: z.array(z.string()).nullable().describe("Which events; null: all."),
    batchId: batchIdSchema.nullable().describe("Only the events of this batch; null: of all that its owner may see."),
    description: z.string().nullable().describe("What it is for, for people; null: nothing was said."),
    createdAt: timeSchema.describe("When it was made; an ISO 8601 time in UTC."),
    disabledAt: timeSchema
      .nullable()
      .describe(
        "When the receiver said 410, which is to say that it wants no more; an ISO 8601 time. null: it has not.",
      ),
    pending: z.int().describe("Deliveries that wait for their first or next try."),
  })
  .meta({ id: "Webhook", description: "Where events are delivered, and which." });
export type Webhook = z.infer<typeof webhookSchema>;

export const createWebhookResponseSchema = z
  .object({
    webhook: webhookSchema.describe("The webhook."),
    secret: z.string().describe("`whsec_…`, what deliveries are signed by. It is shown this once."),
  })
  .meta({ id: "CreateWebhookResponse", description: "A webhook that was just made." });
export type CreateWebhookResponse = z.infer<typeof createWebhookResponseSchema>;

export const webhookListSchema = z
  .object({ webhooks: z.array(webhookSchema).describe("The webhooks.") })
  .meta({ id: "WebhookList", description: "Webhooks: the caller's, and all for an administrator." });

/** `pending`: it waits for its first or next try. `failed`: given up. `dropped`: its webhook was disabled first. */
export const DELIVERY_STATES = ["pending", "delivered", "failed", "dropped"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What a delivery is called that `POST …/test` asked for; its `data` names the webhook. */
export const TEST_EVENT_TYPE = "webhook.test";

export const webhookMessageSchema = z
  .object({
    type: z.string().describe("What happened: the type of a BatchEvent, or `webhook.test`."),
    timestamp: timeSchema.describe("When it happened; an ISO 8601 time in UTC."),
    data: z.record(z.string(), z.unknown()).describe("The BatchEvent; of a test, the webhook."),
  })
  .meta({ id: "WebhookMessage", description: "The body of a delivery. `data` is a BatchEvent, but for tests." });
export type WebhookMessage = z.infer<typeof webhookMessageSchema>;

export const deliverySchema = z
  .object({
    deliveryId: deliveryIdSchema.describe("The delivery."),
    eventId: z.uuid().describe("What the receiver sees as `webhook-id`."),
    type: z.string().describe("What happened, as the receiver is told."),
    batchId: batchIdSchema.nullable().describe("The batch it happened to; null: it is a test."),
    state: z
      .enum(DELIVERY_STATES)
      .describe(
        "`pending`: it waits for its first or next try. `failed`: given up. `dropped`: its webhook was disabled first.",
      ),
    tries: z.int().describe("How often it was tried."),
    createdAt: timeSchema.describe("When it was made; an ISO 8601 time in UTC."),
    lastTriedAt: timeSchema.nullable().describe("When it was tried last, an ISO 8601 time; null: not yet."),
    nextTryAt: timeSchema.nullable().describe("When it is tried next, an ISO 8601 time; null: it is not pending."),
    status: z.int().nullable().describe("HTTP status of the last answer; null: there was none."),
    latencyMs: z.int().nullable().describe("How long the last try took, in milliseconds; null: there was none."),
    error: z.string().nullable().describe("Why the last try failed; null: it did not."),
  })
  .meta({ id: "WebhookDelivery", description: "An event on its way to a webhook, with what came of the last try." });
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryListSchema = z
  .object({
    deliveries: z.array(deliverySchema).describe("The deliveries."),
    next: z.int().nullable().describe("`before` of the next page; null: this is the last one."),
  })
  .meta({ id: "WebhookDeliveryList", description: "A page of deliveries, the newest first." });
export type DeliveryList = z.infer<typeof deliveryListSchema>;
