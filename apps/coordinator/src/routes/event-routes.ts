import { createRoute } from "@hono/zod-openapi";
import { batchStatusSchema } from "@sluice/contracts";
import { readBatch } from "../db/queries/read-batch.ts";
import { sseResponse } from "../events/sse-response.ts";
import { watchBatch } from "../events/watch-batch.ts";
import { type Api, apiRoutes, batchPath, forRoles, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Batches while they move. */
export function eventRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();

  const events = createRoute({
    method: "get",
    path: "/{id}/events",
    tags: ["events"],
    summary: "A batch at once and at every change, to its end",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath },
    responses: {
      200: {
        description: "Server-sent events named `status`, whose data are the batch.",
        content: { "text/event-stream": { schema: batchStatusSchema } },
      },
      ...problems,
    },
  });
  routes.openapi(events, async (context) => {
    const { id } = context.req.valid("param");
    await readBatch(parts.database, id);
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, parts.closing]);
    return sseResponse(watchBatch(parts, id, signal), abort);
  });

  return routes;
}
