import { createRoute, z } from "@hono/zod-openapi";
import {
  createWebhookRequestSchema,
  createWebhookResponseSchema,
  DELIVERY_STATES,
  deliveryIdSchema,
  deliveryListSchema,
  deliverySchema,
  webhookIdSchema,
  webhookListSchema,
} from "@sluice/contracts";
import { createWebhook } from "../webhooks/create-webhook.ts";
import { deleteWebhook } from "../webhooks/delete-webhook.ts";
import { listDeliveries } from "../webhooks/list-deliveries.ts";
import { listWebhooks } from "../webhooks/list-webhooks.ts";
import { redeliver } from "../webhooks/redeliver.ts";
import { testWebhook } from "../webhooks/test-webhook.ts";
import {
  type Api,
  apiRoutes,
  forRoles,
  forRolesOnce,
  jsonAnswer,
  jsonBody,
  onceHeaders,
  problems,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const webhookPath = z.object({ id: webhookIdSchema });
const deliveryPath = webhookPath.extend({ deliveryId: deliveryIdSchema });
const tags = ["webhooks"];

/** Who is told of events without asking, and what became of it. */
export function webhookRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  addWebhooks(routes, parts);
  addDeliveries(routes, parts);
  return routes;
}

function addWebhooks(routes: Api, parts: RouteParts): void {
  const { database, tokens } = parts;

  const create = createRoute({
    method: "post",
    path: "/",
    tags,
    summary: "Have events delivered to a URL",
    description:
      "Deliveries are POSTs signed by Standard Webhooks, at least once each, in order for each batch, tried for more than a day. The answer shows the secret this once.",
    ...forRolesOnce(parts, "submit"),
    request: { headers: onceHeaders, body: jsonBody(createWebhookRequestSchema) },
    responses: { 201: jsonAnswer(createWebhookResponseSchema, "The webhook, with its secret."), ...problems },
  });
  routes.openapi(create, async (context) => {
    const made = await createWebhook(parts, context.get("caller"), context.req.valid("json"), context.get("once"));
    const { webhookId, url } = made.webhook;
    parts.logger.info({ webhookId, host: new URL(url).host }, "a webhook was made");
    return context.json(made, 201);
  });

  const list = createRoute({
    method: "get",
    path: "/",
    tags,
    summary: "List webhooks",
    ...forRoles(tokens, "submit"),
    responses: { 200: jsonAnswer(webhookListSchema, "The caller's; an administrator sees all."), ...problems },
  });
  routes.openapi(list, async (context) => {
    return context.json({ webhooks: await listWebhooks(database, context.get("caller")) }, 200);
  });

  const remove = createRoute({
    method: "delete",
    path: "/{id}",
    tags,
    summary: "Delete a webhook with its log",
    ...forRoles(tokens, "submit"),
    request: { params: webhookPath },
    responses: { 204: { description: "It is gone." }, ...problems },
  });
  routes.openapi(remove, async (context) => {
    const { id } = context.req.valid("param");
    await deleteWebhook(database, context.get("caller"), id);
    parts.logger.info({ webhookId: id }, "a webhook was deleted");
    return context.body(null, 204);
  });
}

function addDeliveries(routes: Api, parts: RouteParts): void {
  const { database, tokens } = parts;

  const list = createRoute({
    method: "get",
    path: "/{id}/deliveries",
    tags,
    summary: "What was and is to be delivered, the newest first",
    ...forRoles(tokens, "submit"),
    request: {
      params: webhookPath,
      query: z.object({
        state: z.enum(DELIVERY_STATES).optional(),
        before: z.coerce.number().int().min(0).optional().meta({ description: "`next` of the page before." }),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
    },
    responses: { 200: jsonAnswer(deliveryListSchema, "Deliveries with what came of their last try."), ...problems },
  });
  routes.openapi(list, async (context) => {
    const { state, before, limit } = context.req.valid("query");
    const request = { webhookId: context.req.valid("param").id, state: state ?? null, before: before ?? null, limit };
    return context.json(await listDeliveries(database, context.get("caller"), request), 200);
  });

  const test = createRoute({
    method: "post",
    path: "/{id}/test",
    tags,
    summary: "Deliver a test",
    ...forRolesOnce(parts, "submit"),
    request: { params: webhookPath, headers: onceHeaders },
    responses: { 202: jsonAnswer(deliverySchema, "The delivery; the log says what comes of it."), ...problems },
  });
  routes.openapi(test, async (context) => {
    const delivery = await testWebhook(
      database,
      context.get("caller"),
      context.req.valid("param").id,
      context.get("once"),
    );
    parts.deliveriesMade();
    return context.json(delivery, 202);
  });

  const again = createRoute({
    method: "post",
    path: "/{id}/deliveries/{deliveryId}/redeliver",
    tags,
    summary: "Send a delivery that has ended once more",
    description: "The same bytes under the same `webhook-id`.",
    ...forRolesOnce(parts, "submit"),
    request: { params: deliveryPath, headers: onceHeaders },
    responses: { 202: jsonAnswer(deliverySchema, "The delivery, pending again."), ...problems },
  });
  routes.openapi(again, async (context) => {
    const { id: webhookId, deliveryId } = context.req.valid("param");
    const named = { webhookId, deliveryId };
    const delivery = await redeliver(database, context.get("caller"), named, context.get("once"));
    parts.deliveriesMade();
    return context.json(delivery, 202);
  });
}
