import { createRoute, z } from "@hono/zod-openapi";
import { AppError, hashSchema } from "@sluice/contracts";
import { readBlob } from "../uploads/read-blob.ts";
import { type Api, apiRoutes, BYTES, problems } from "./operations.ts";
import type { RouteParts } from "./parts.ts";

/** Uploaded bytes, for whoever has a link that a coordinator made. */
export function blobRoutes({ blobLinks, uploads }: RouteParts): Api {
  const routes = apiRoutes();
  const get = createRoute({
    method: "get",
    path: "/{hash}",
    tags: ["uploads"],
    summary: "Read uploaded bytes by a signed link",
    description:
      "Workers are handed such links with their shards; one opens one blob for a short time, without a token.",
    security: [{ link: [] }],
    request: {
      params: z.object({ hash: hashSchema }),
      // Loose: a newer coordinator may have made the link.
      query: z.looseObject({ expires: z.coerce.number().int().min(0), signature: z.string() }),
      headers: z.object({ range: z.string().optional() }),
    },
    responses: {
      200: { description: "All of them.", content: { "application/octet-stream": { schema: BYTES } } },
      206: { description: "The range asked for.", content: { "application/octet-stream": { schema: BYTES } } },
      416: { description: "There is nothing at that range; `Content-Range` says how many bytes there are." },
      ...problems,
    },
  });
  routes.openapi(get, async (context) => {
    const { hash } = context.req.valid("param");
    const { expires, signature } = context.req.valid("query");
    if (!blobLinks.allows(hash, expires, signature)) {
      throw new AppError("FORBIDDEN", "The link is no link of this server, or holds no more.");
    }
    return await readBlob(uploads, hash, context.req.valid("header").range);
  });
  return routes;
}
