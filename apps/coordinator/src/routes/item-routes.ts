import { createRoute, z } from "@hono/zod-openapi";
import {
  appendItemsResponseSchema,
  CLASSIFY_STATES,
  EXTRACT_STATES,
  itemDetailSchema,
  itemPageSchema,
  itemSubmissionSchema,
  NDJSON,
  replayAnswerSchema,
  replayItemRequestSchema,
  retryItemRequestSchema,
} from "@sluice/contracts";
import { retryItem } from "../controls/retry-item.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { appendItems } from "../intake/append-items.ts";
import { parseItems } from "../intake/parse-items.ts";
import { replayItem } from "../replay/replay-item.ts";
import { listItems } from "../results/list-items.ts";
import { readItem } from "../results/read-item.ts";
import { readItemText } from "../results/read-item-text.ts";
import { textResponse } from "../results/text-response.ts";
import {
  afterSchema,
  type Api,
  apiRoutes,
  batchPath,
  flagSchema,
  forRoles,
  forRolesOnce,
  itemPath,
  jsonAnswer,
  jsonBody,
  onceHeaders,
  pageNoSchema,
  problems,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Items on their way in, and each as it stands. */
export function itemRoutes(parts: RouteParts): Api {
  const routes = apiRoutes();
  addIntake(routes, parts);
  addReading(routes, parts);
  addSecondTries(routes, parts);
  return routes;
}

function addIntake(routes: Api, parts: RouteParts): void {
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
    const caller = context.get("caller");
    const response = await parts.backPressure.admit(caller.id, async () => {
      await parts.quotas.admitItems(caller);
      return appendItems(parts, id, parseItems(await context.req.text()));
    });
    parts.changes.changed(id);
    return context.json(response, 200);
  });
}

function addReading(routes: Api, parts: RouteParts): void {
  const { database, tokens } = parts;
  const list = createRoute({
    method: "get",
    path: "/{id}/items",
    tags: ["items"],
    summary: "List items by ordinal, a page at a time",
    description:
      "With filters, a page may be short or empty although others follow: it looks at a bounded number of items. The last one has no `next`.",
    ...forRoles(tokens, "submit"),
    request: {
      params: batchPath,
      query: z.object({
        state: z.enum(EXTRACT_STATES).optional(),
        classifyState: z.enum(CLASSIFY_STATES).optional(),
        code: z.string().max(100).optional(),
        category: z.string().max(1_000).optional(),
        needsOcr: flagSchema.optional(),
        uri: z.string().min(1).max(1_000).optional().meta({ description: "A part of the URI, as it is written." }),
        after: afterSchema,
        limit: z.coerce.number().int().min(1).max(1_000).default(100),
      }),
    },
    responses: { 200: jsonAnswer(itemPageSchema, "Items, and where the next page begins."), ...problems },
  });
  routes.openapi(list, async (context) => {
    const { state, classifyState, code, category, needsOcr, uri, after, limit } = context.req.valid("query");
    const batch = await readBatch(database, context.req.valid("param").id);
    const page = await listItems(database, batch, {
      state: state ?? null,
      classifyState: classifyState ?? null,
      code: code ?? null,
      category: category ?? null,
      needsOcr: needsOcr ?? null,
      uri: uri ?? null,
      after,
      limit,
    });
    return context.json(page, 200);
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
    return context.json(await readItem(database, id, ordinal), 200);
  });

  const text = createRoute({
    method: "get",
    path: "/{id}/items/{ordinal}/text",
    tags: ["items"],
    summary: "The text of an item, a form feed between two pages",
    ...forRoles(tokens, "submit"),
    request: { params: itemPath, query: z.object({ page: pageNoSchema.optional() }) },
    responses: {
      200: {
        description: "All pages, or the one that was asked for.",
        content: { "text/plain": { schema: z.string() } },
      },
      ...problems,
    },
  });
  routes.openapi(text, async (context) => {
    const { id, ordinal } = context.req.valid("param");
    const { page } = context.req.valid("query");
    return textResponse(await readItemText(database, id, ordinal, page ?? null));
  });
}

function addSecondTries(routes: Api, parts: RouteParts): void {
  const retry = createRoute({
    method: "post",
    path: "/{id}/items/{ordinal}/retry",
    tags: ["items"],
    summary: "Try a failed item again",
    description: "Limits that are raised hold for the batch from then on.",
    ...forRolesOnce(parts, "submit"),
    request: { params: itemPath, headers: onceHeaders, body: jsonBody(retryItemRequestSchema) },
    responses: { 200: jsonAnswer(itemDetailSchema, "The item, pending again."), ...problems },
  });
  routes.openapi(retry, async (context) => {
    const { id, ordinal } = context.req.valid("param");
    await retryItem(parts, { batchId: id, ordinal }, context.req.valid("json"), context.get("once"));
    parts.changes.changed(id);
    return context.json(await readItem(parts.database, id, ordinal), 200);
  });

  const replay = createRoute({
    method: "post",
    path: "/{id}/items/{ordinal}/replay",
    tags: ["items"],
    summary: "Have a worker read an item once more, with nothing stored",
    description: "It takes a slot like any other work, and no longer than the document's time limit.",
    ...forRoles(parts.tokens, "submit"),
    request: { params: itemPath, body: jsonBody(replayItemRequestSchema) },
    responses: { 200: jsonAnswer(replayAnswerSchema, "What became of it, without its text."), ...problems },
  });
  routes.openapi(replay, async (context) => {
    const { id, ordinal } = context.req.valid("param");
    const item = { batchId: id, ordinal };
    const { signal } = context.req.raw;
    const { database, blobLinks } = parts;
    const linkParts = { database, blobs: parts.uploads.blobs, blobLinks };
    return context.json(await replayItem(linkParts, item, context.req.valid("json"), signal), 200);
  });
}
