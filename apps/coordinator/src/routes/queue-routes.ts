import { createRoute } from "@hono/zod-openapi";
import { queueListSchema } from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { listQueues } from "../queue/list-queues.ts";
import { type Api, apiRoutes, forRoles, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** The queues: what waits, and who has what in hand. */
export function queueRoutes({ database, tokens }: RouteParts): Api {
  const routes = apiRoutes();
  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["workers"],
    summary: "List queues, the fullest first, with their workers and the shards these read",
    ...forRoles(tokens, "submit"),
    responses: { 200: jsonAnswer(queueListSchema, "One for each build; at most 50."), ...problems },
  });
  routes.openapi(list, async (context) =>
    context.json(await listQueues(database, seesOnly(context.get("caller"))), 200),
  );
  return routes;
}
