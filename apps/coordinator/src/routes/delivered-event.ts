import { type RouteConfig, z } from "@hono/zod-openapi";
import { webhookMessageSchema } from "@sluice/contracts";
import { jsonBody } from "./operations.ts";

const headers = z.object({
  "webhook-id": z
    .uuid()
    .describe("The event; the same in every try, by which a receiver knows what it has had already."),
  "webhook-timestamp": z
    .string()
    .describe("When this try was made, in seconds since 1970; what is minutes old is to be refused."),
  "webhook-signature": z
    .string()
    .describe(
      "`v1,` and the base64 of HMAC-SHA-256, by the webhook's secret, over `id.timestamp.body`; several are parted by spaces.",
    ),
});

/** What receivers of webhooks are sent (Standard Webhooks), as the description of the API has it. */
export const deliveredEvent: RouteConfig & { path: string } = {
  method: "post",
  path: "batchEvent",
  operationId: "receiveBatchEvent",
  summary: "An event, as a webhook is told",
  description:
    "Sent to the address of a webhook (`POST /v1/webhooks`), at least once and in the order of a batch's events. Another answer than 2xx, or none in time, has it tried again.",
  // It is signed, by what only the receiver knows.
  security: [],
  request: { headers, body: jsonBody(webhookMessageSchema) },
  responses: {
    "2XX": { description: "It was taken." },
    410: { description: "Nothing more is wanted: the webhook is disabled." },
  },
};
