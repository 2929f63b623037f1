import { createRoute } from "@hono/zod-openapi";
import { searchQuerySchema, searchResponseSchema } from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { searchPages } from "../search/search-pages.ts";
import { type Api, apiRoutes, forRoles, jsonAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Full text over what has been stored. */
export function searchRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();

  const search = createRoute({
    method: "get",
    path: "/",
    tags: ["results"],
    summary: "Pages that have the words, the best first",
    description:
      'All of the words, `"in this order"`, `this OR that`, `-not this`, `begin*`, by their stems, without accents; in scripts without spaces any part of a run. Batches become searchable after they have ended; `searchable` says how far that is.',
    ...forRoles(parts.tokens, "submit"),
    request: { query: searchQuerySchema },
    responses: { 200: jsonAnswer(searchResponseSchema, "A page of hits."), ...problems },
  });
  routes.openapi(search, async (context) => {
    const filter = { ...context.req.valid("query"), visibleTo: seesOnly(context.get("caller")) };
    if (filter.batch !== undefined) await readBatch(parts.database, filter.batch);
    parts.searched();
    return context.json(await searchPages(parts.database, filter), 200);
  });

  return routes;
}
