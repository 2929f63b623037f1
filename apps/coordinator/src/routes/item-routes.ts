import { createRoute } from "@hono/zod-openapi";
import { appendItemsResponseSchema, itemDetailSchema, itemSubmissionSchema, NDJSON } from "@sluice/contracts";
import { appendItems } from "../intake/append-items.ts";
import { parseItems } from "../intake/parse-items.ts";
import { readItem } from "../results/read-item.ts";
import { type Api, apiRoutes, batchPath, forRoles, itemPath, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Items on their way in, and each as it stands. */
export function itemRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();

  const append = createRoute({
    method: "post",
    path: "/{id}/items",
    tags: ["items"],
    summary: "Hand in items, a line each",
    description:
      "Ordinals go on without gaps. Handing in the same items again is harmless; a gap is refused with `nextOrdinal`, from which a client that lost count goes on.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: batchPath, body: { required: true, content: { [NDJSON]: { schema: itemSubmissionSchema } } } },
    responses: { 200: jsonAnswer(appendItemsResponseSchema, "What was new, and what comes next."), ...problems },
  });
  routes.openapi(append, async (context) => {
    const { id } = context.req.valid("param");
    const response = await parts.backPressure.admit(async () =>
      appendItems(parts, id, parseItems(await context.req.text())),
    );
    parts.changes.changed(id);
    return context.json(response, 200);
  });

  const get = createRoute({
    method: "get",
    path: "/{id}/items/{ordinal}",
    tags: ["items"],
    summary: "An item with its attempts",
    ...forRoles(parts.tokens, "submit"),
    request: { params: itemPath },
    responses: { 200: jsonAnswer(itemDetailSchema, "The item."), ...problems },
  });
  routes.openapi(get, async (context) => {
    const { id, ordinal } = context.req.valid("param");
    return context.json(await readItem(parts.database, id, ordinal), 200);
  });

  return routes;
}
