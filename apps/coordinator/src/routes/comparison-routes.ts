import { createRoute, z } from "@hono/zod-openapi";
import { batchIdSchema, comparisonLineSchema, labelComparisonLineSchema, MOST_CHANGED_LABELS } from "@sluice/contracts";
import { compareBatches } from "../results/compare-batches.ts";
import { compareLabels } from "../results/compare-labels.ts";
import { ndjsonResponse } from "../results/ndjson-response.ts";
import { type Api, apiRoutes, batchPath, forRoles, linesAnswer, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const twoBatches = batchPath.extend({ otherId: batchIdSchema });

/** Two batches, held against each other. */
export function comparisonRoutes(parts: RouteParts): Api {
  const { database } = parts;
  const routes = apiRoutes();

  const compare = createRoute({
    method: "get",
    path: "/{id}/compare/{otherId}",
    tags: ["results"],
    summary: "What differs between two batches, a line a source, and the sum of it in the last line",
    description:
      "Items are matched by their URIs. States with a document behind them count as one. A comparison without its last line was cut off.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: twoBatches },
    responses: { 200: linesAnswer(comparisonLineSchema, "Lines, as fast as they are read."), ...problems },
  });
  routes.openapi(compare, async (context) => {
    const { id, otherId } = context.req.valid("param");
    return ndjsonResponse(await compareBatches(database, id, otherId));
  });

  const labels = createRoute({
    method: "get",
    path: "/{id}/compare/{otherId}/labels",
    tags: ["results"],
    summary: "Which labels changed between two batches, a line a source, and which became which in the last line",
    description:
      "Compares sources that both have judged. The last line counts what each label became, those that stayed included; a comparison " +
      "without it was cut off.",
    ...forRoles(parts.tokens, "submit"),
    request: {
      params: twoBatches,
      query: z.object({
        from: z
          .string()
          .min(1)
          .max(64)
          .optional()
          .meta({ description: "Only what had this label in the first batch." }),
        to: z.string().min(1).max(64).optional().meta({ description: "Only what has this label in the second one." }),
        limit: z.coerce.number().int().min(0).max(MOST_CHANGED_LABELS).default(1_000),
      }),
    },
    responses: { 200: linesAnswer(labelComparisonLineSchema, "Lines, as fast as they are read."), ...problems },
  });
  routes.openapi(labels, async (context) => {
    const { id, otherId } = context.req.valid("param");
    const { from = null, to = null, limit } = context.req.valid("query");
    return ndjsonResponse(await compareLabels(database, { left: id, right: otherId, from, to, limit }));
  });

  return routes;
}
