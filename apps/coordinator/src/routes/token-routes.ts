import { createRoute, z } from "@hono/zod-openapi";
import {
  changeTokenRequestSchema,
  createTokenRequestSchema,
  newTokenSchema,
  rotateTokenRequestSchema,
  tokenIdSchema,
  tokenListSchema,
  tokenRowSchema,
} from "@sluice/contracts";
import { changeToken } from "../tokens/change-token.ts";
import { createToken } from "../tokens/create-token.ts";
import { listTokens } from "../tokens/list-tokens.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { bearerToken } from "@sluice/serverkit";
import type { OnceKey } from "../idempotency/do-once.ts";
import type { SentOnceBy } from "../tokens/new-secret.ts";
import {
  type Api,
  apiRoutes,
  forRoles,
  forRolesOnceUnkept,
  jsonAnswer,
  jsonBody,
  onceHeaders,
  problems,
} from "./operations.ts";
import type { RouteParts } from "./parts.ts";

const tokenPath = z.object({ id: tokenIdSchema });

/** Who may call this server. */
export function tokenRoutes(parts: RouteParts): Api {
  const { database, tokens, logger } = parts;
  const routes = apiRoutes();

  const create = createRoute({
    method: "post",
    path: "/",
    tags: ["tokens"],
    summary: "Make a token",
    description: "Its secret is in this answer and nowhere else: only a hash of it is kept.",
    ...forRolesOnceUnkept(parts, "admin"),
    request: { headers: onceHeaders, body: jsonBody(createTokenRequestSchema) },
    responses: { 201: jsonAnswer(newTokenSchema, "The token, with its secret."), ...problems },
  });
  routes.openapi(create, async (context) => {
    const made = await createToken(
      database,
      context.req.valid("json"),
      sentBy(context.get("once"), context.req.header("authorization")),
    );
    logger.info({ tokenId: made.tokenId, role: made.role, by: context.get("caller").id }, "a token was made");
    return context.json(made, 201);
  });

  const list = createRoute({
    method: "get",
    path: "/",
    tags: ["tokens"],
    summary: "List tokens, without their secrets",
    ...forRoles(tokens, "admin"),
    responses: { 200: jsonAnswer(tokenListSchema, "Tokens, those that are revoked last."), ...problems },
  });
  routes.openapi(list, async (context) => context.json({ tokens: await listTokens(database) }, 200));

  const change = createRoute({
    method: "patch",
    path: "/{id}",
    tags: ["tokens"],
    summary: "Change a token's name, expiry or limits",
    description:
      "It keeps its secret, and what is not given stays as it is. At once here, within five seconds on other coordinators.",
    ...forRoles(tokens, "admin"),
    request: { params: tokenPath, body: jsonBody(changeTokenRequestSchema) },
    responses: { 200: jsonAnswer(tokenRowSchema, "The token, changed."), ...problems },
  });
  routes.openapi(change, async (context) => {
    const { id } = context.req.valid("param");
    const changed = await changeToken(database, id, context.req.valid("json"), tokens.givesAdmin);
    tokens.forget(id);
    logger.info({ tokenId: id, by: context.get("caller").id }, "a token was changed");
    return context.json(changed, 200);
  });

  const rotate = createRoute({
    method: "post",
    path: "/{id}/rotate",
    tags: ["tokens"],
    summary: "Give a token another secret",
    description: "The former one opens for some time more, an hour unless said otherwise.",
    ...forRolesOnceUnkept(parts, "admin"),
    request: { params: tokenPath, headers: onceHeaders, body: jsonBody(rotateTokenRequestSchema) },
    responses: { 200: jsonAnswer(newTokenSchema, "The token, with its new secret."), ...problems },
  });
  routes.openapi(rotate, async (context) => {
    const { id } = context.req.valid("param");
    const rotated = await rotateToken(
      database,
      id,
      context.req.valid("json").overlapSeconds,
      sentBy(context.get("once"), context.req.header("authorization")),
    );
    tokens.forget(id);
    logger.info({ tokenId: id, by: context.get("caller").id }, "a token was rotated");
    return context.json(rotated, 200);
  });

  const revoke = createRoute({
    method: "delete",
    path: "/{id}",
    tags: ["tokens"],
    summary: "Revoke a token",
    description: "At once here, within five seconds on other coordinators. What it has opened goes on.",
    ...forRoles(tokens, "admin"),
    request: { params: tokenPath },
    responses: { 204: { description: "It opens nothing any more." }, ...problems },
  });
  routes.openapi(revoke, async (context) => {
    const { id } = context.req.valid("param");
    await revokeToken(database, id, tokens.givesAdmin);
    tokens.forget(id);
    logger.info({ tokenId: id, by: context.get("caller").id }, "a token was revoked");
    return context.body(null, 204);
  });

  return routes;
}

function sentBy(once: OnceKey | null, authorization: string | undefined): SentOnceBy | null {
  const bearer = bearerToken(authorization);
  return once === null || bearer === null ? null : { once, bearer };
}
