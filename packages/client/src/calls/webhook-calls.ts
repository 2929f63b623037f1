import {
  type CreateWebhookRequest,
  type CreateWebhookResponse,
  createWebhookResponseSchema,
  type Delivery,
  type DeliveryList,
  deliveryListSchema,
  deliverySchema,
  type DeliveryState,
  type Webhook,
  webhookListSchema,
} from "@sluice/contracts";
import type { CallOptions, OnceOptions } from "../call-options.ts";
import { callForText } from "../http-call.ts";
import type { ApiCalls } from "../api-calls.ts";

/** Who is told of events without asking, and what became of it. */
export function webhookCalls(calls: ApiCalls) {
  return {
    /** Events are POSTed to a URL from now on; docs/events.md says how they are checked. The secret is shown this once. */
    createWebhook(request: CreateWebhookRequest, options: OnceOptions = {}): Promise<CreateWebhookResponse> {
      return calls.once("/v1/webhooks", request, createWebhookResponseSchema, options);
    },

    async listWebhooks(options: CallOptions = {}): Promise<Webhook[]> {
      return (await calls.get("/v1/webhooks", webhookListSchema, {}, options)).webhooks;
    },

    async deleteWebhook(webhookId: string, options: CallOptions = {}): Promise<void> {
      await callForText(calls.target, {
        method: "DELETE",
        path: webhookPath(webhookId),
        repeatable: false,
        ...options,
      });
    },

    /** What was and is to be delivered, the newest first; `next` is `before` of the page that follows. */
    listDeliveries(
      webhookId: string,
      options: CallOptions & { state?: DeliveryState; before?: number; limit?: number } = {},
    ): Promise<DeliveryList> {
      const { state, before, limit } = options;
      return calls.get(`${webhookPath(webhookId)}/deliveries`, deliveryListSchema, { state, before, limit }, options);
    },

    /** Sends a delivery that has ended once more. */
    redeliver(webhookId: string, deliveryId: string, options: OnceOptions = {}): Promise<Delivery> {
      const path = `${webhookPath(webhookId)}/deliveries/${encodeURIComponent(deliveryId)}/redeliver`;
      return calls.once(path, {}, deliverySchema, options);
    },

    /** Delivers a test; the log says what comes of it. */
    testWebhook(webhookId: string, options: OnceOptions = {}): Promise<Delivery> {
      return calls.once(`${webhookPath(webhookId)}/test`, {}, deliverySchema, options);
    },
  };
}

function webhookPath(webhookId: string): string {
  return `/v1/webhooks/${encodeURIComponent(webhookId)}`;
}
