import { createRoute, z } from "@hono/zod-openapi";
import {
  documentDetailSchema,
  documentPageSchema,
  documentPagesSchema,
  hashSchema,
  LARGEST_INTEGER,
} from "@sluice/contracts";
import { seesOnly } from "../admission/owners.ts";
import { readDocument, readDocumentPage, readDocumentPages } from "../results/read-document.ts";
import { type Api, apiRoutes, forRoles, jsonAnswer, pageNoSchema, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const documentPath = z.object({ contentHash: hashSchema });
const extractionQuery = z.object({
  extractHash: hashSchema.optional().meta({ description: "Which extraction of it; the latest where none is named." }),
});

/** Documents by their bytes: what is stored of them, whatever batch it came with. */
export function documentRoutes({ database, tokens }: RouteParts): Api {
  const routes = apiRoutes();

  const get = createRoute({
    method: "get",
    path: "/{contentHash}",
    tags: ["documents"],
    summary: "All that is stored of a document, without its text",
    ...forRoles(tokens, "submit"),
    request: { params: documentPath },
    responses: { 200: jsonAnswer(documentDetailSchema, "Its extractions, the latest first."), ...problems },
  });
  routes.openapi(get, async (context) =>
    context.json(
      await readDocument(database, context.req.valid("param").contentHash, seesOnly(context.get("caller"))),
      200,
    ),
  );

  const pages = createRoute({
    method: "get",
    path: "/{contentHash}/pages",
    tags: ["documents"],
    summary: "The pages of a document with their text",
    description: "As many as `limit` says, fewer where they have much text.",
    ...forRoles(tokens, "submit"),
    request: {
      params: documentPath,
      query: extractionQuery.extend({
        after: z.coerce.number().int().min(0).max(LARGEST_INTEGER).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
    },
    responses: { 200: jsonAnswer(documentPagesSchema, "Pages, and where the next ones begin."), ...problems },
  });
  routes.openapi(pages, async (context) => {
    const { contentHash } = context.req.valid("param");
    const { extractHash, after, limit } = context.req.valid("query");
    const document = { contentHash, extractHash: extractHash ?? null };
    return context.json(await readDocumentPages(database, document, { after, limit }), 200);
  });

  const page = createRoute({
    method: "get",
    path: "/{contentHash}/pages/{pageNo}",
    tags: ["documents"],
    summary: "One page of a document",
    ...forRoles(tokens, "submit"),
    request: { params: documentPath.extend({ pageNo: pageNoSchema }), query: extractionQuery },
    responses: { 200: jsonAnswer(documentPageSchema, "The page."), ...problems },
  });
  routes.openapi(page, async (context) => {
    const { contentHash, pageNo } = context.req.valid("param");
    const { extractHash } = context.req.valid("query");
    const document = { contentHash, extractHash: extractHash ?? null };
    return context.json(await readDocumentPage(database, document, pageNo), 200);
  });

  return routes;
}
