import { seesOnly } from "../admission/owners.ts";
import { createRoute, z } from "@hono/zod-openapi";
import { llmCallPageSchema, reclassifyBatchRequestSchema, reclassifyBatchResponseSchema } from "@sluice/contracts";
import { readBatch } from "../db/queries/read-batch.ts";
import { reclassifyBatch } from "../labelling/reclassify-batch.ts";
import { readLlmCalls } from "../results/read-llm-calls.ts";
import {
  type Api,
  apiRoutes,
  batchPath,
  forRoles,
  forRolesOnce,
  jsonAnswer,
  jsonBody,
  onceHeaders,
  problems,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Labels of documents that are stored. */
export function labelRoutes(parts: RouteParts): Api {
  const { database } = parts;
  const routes = apiRoutes();

  const reclassify = createRoute({
    method: "post",
    path: "/{id}/reclassify",
    tags: ["batches"],
    summary: "Judge the documents of a batch anew, in a batch of its own",
    description:
      "By another taxonomy, classifier or mark. Nothing is read again, and the labels of the first batch stay; `compare` shows what differs.",
    ...forRolesOnce(parts, "submit"),
    request: { params: batchPath, headers: onceHeaders, body: jsonBody(reclassifyBatchRequestSchema) },
    responses: { 201: jsonAnswer(reclassifyBatchResponseSchema, "The new batch, sealed."), ...problems },
  });
  routes.openapi(reclassify, async (context) => {
    const caller = context.get("caller");
    const reclassifies = context.req.valid("param").id;
    await parts.quotas.admitBatch(caller);
    const request = context.req.valid("json");
    const { batchId, leftOut } = await reclassifyBatch(parts, reclassifies, request, {
      once: context.get("once"),
      owner: caller.tokenId,
      visibleTo: seesOnly(caller),
    });
    parts.logger.info({ batchId, reclassifies }, "a batch is judged anew");
    parts.changes.changed(batchId);
    return context.json({ batch: (await readBatch(database, batchId)).status, reclassifies, leftOut }, 201);
  });

  const calls = createRoute({
    method: "get",
    path: "/{id}/llm-calls",
    tags: ["results"],
    summary: "The calls to LLMs that were made for a batch, with their totals",
    description: "Tokens, time, cost and outcome of each; nothing of what was asked or answered.",
    ...forRoles(parts.tokens, "submit"),
    request: {
      params: batchPath,
      query: z.object({
        after: z.coerce.number().int().min(0).default(0).meta({ description: "`next` of the page before." }),
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
    },
    responses: { 200: jsonAnswer(llmCallPageSchema, "Calls, and what all of them came to."), ...problems },
  });
  routes.openapi(calls, async (context) =>
    context.json(await readLlmCalls(database, context.req.valid("param").id, context.req.valid("query")), 200),
  );
  return routes;
}
