/**
 * What the operations of the API say of themselves in the same words. An operation is declared with `createRoute`, from the
 * schemas of the wire: what it takes is checked by that, and the published description is made of it.
 */
import { OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi";
import {
  AppError,
  batchIdSchema,
  closedObject,
  EXPORT_MEDIA_TYPES,
  LARGEST_INTEGER,
  NDJSON,
  ordinalSchema,
  problemSchema,
} from "@sluice/contracts";
import { describeZodError, faultPointer } from "@sluice/serverkit";
import { requireRole, type SignedIn } from "../auth/require-role.ts";
import type { TokenStore } from "../auth/token-store.ts";
import type { Role } from "../config.ts";
import { IDEMPOTENCY_HEADER, idempotent } from "../idempotency/idempotent.ts";
import type { KeyStore } from "../idempotency/key-store.ts";
import { refuseBody } from "./refuse-body.ts";

export type Api = OpenAPIHono<SignedIn>;

/**
 * Routes whose faults in what they are given are errors like any other. Of a query no operation takes more than it declares:
 * what is misspelt is not what was asked for; and where none is declared no body. What coordinators and workers ask of each other declares a loose query instead.
 */
export function apiRoutes(): Api {
  const routes = new OpenAPIHono<SignedIn>({
    defaultHook: (checked) => {
      if (checked.success) return;
      // A path with an id that nothing can have is a path to nothing.
      if (checked.target === "param") throw new AppError("NOT_FOUND", describeZodError(checked.error));
      if (checked.target === "query") throw badQuery(checked.error);
      throw checked.error;
    },
  });
  const declare = routes.openapi;
  // The declared type is the library's own, of which the query is the same or, where there was none, unknown to handlers.
  routes.openapi = ((route, handler, hook) =>
    declare(withoutStrayBody(withClosedQuery(route)), handler, hook)) as typeof declare;
  return routes;
}

function withClosedQuery<Route extends RouteConfig>(route: Route): Route {
  const { query = z.object({}) } = route.request ?? {};
  if (!(query instanceof z.ZodObject) || query.def.catchall !== undefined) return route;
  return { ...route, request: { ...route.request, query: closedObject(query.shape) } };
}

/** After whoever decides who may call it. */
function withoutStrayBody<Route extends RouteConfig>(route: Route): Route {
  if (route.method === "get" || route.method === "head" || route.request?.body !== undefined) return route;
  const before = route.middleware === undefined ? [] : [route.middleware].flat();
  return { ...route, middleware: [...before, refuseBody] };
}

function badQuery(error: z.ZodError): AppError {
  const parameter = faultPointer(error).slice(1);
  return new AppError("BAD_REQUEST", describeZodError(error, "query"), { context: { parameter }, cause: error });
}

/** Who may call an operation. The name of the scheme is that of `apiDocument`. */
export function forRoles(tokens: TokenStore, ...roles: readonly [Role, ...Role[]]) {
  return { middleware: requireRole(tokens, ...roles), security: [{ token: [...roles] }] };
}

/** As `forRoles`, for an operation that creates something: what is sent twice with one key is done once. */
export function forRolesOnce(
  { tokens, keys }: { tokens: TokenStore; keys: KeyStore },
  ...roles: readonly [Role, ...Role[]]
) {
  const middleware: [ReturnType<typeof requireRole>, ReturnType<typeof idempotent>] = [
    requireRole(tokens, ...roles),
    idempotent(keys),
  ];
  return { middleware, security: [{ token: [...roles] }] };
}

/** As `forRolesOnce`, for an answer with a secret, which is kept nowhere. */
export function forRolesOnceUnkept(
  { tokens, keys }: { tokens: TokenStore; keys: KeyStore },
  ...roles: readonly [Role, ...Role[]]
) {
  const middleware: [ReturnType<typeof requireRole>, ReturnType<typeof idempotent>] = [
    requireRole(tokens, ...roles),
    idempotent(keys, { keepsAnswer: false }),
  ];
  return { middleware, security: [{ token: [...roles] }] };
}

/** The header of an operation that is declared `forRolesOnce`. */
export const onceHeaders = z.object({
  [IDEMPOTENCY_HEADER.toLowerCase()]: z
    .string()
    .optional()
    .meta({ description: "Sent again within a day with the same key, the same request gets the same answer." }),
});

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

export function jsonAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } } as const;
}

/** A stream of lines, each of which is of the schema. */
export function linesAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { [NDJSON]: { schema } } };
}

/** Bytes as they are. */
export const BYTES = { type: "string", format: "binary" } as const;
/** Rows of the schema in one of the formats there are for exports. */
export function rowsAnswer<Schema extends z.ZodType>(schema: Schema, description: string) {
  const file = z.string().meta({ format: "binary" });
  return {
    description,
    content: {
      [EXPORT_MEDIA_TYPES.ndjson]: { schema },
      [EXPORT_MEDIA_TYPES.csv]: { schema: z.string() },
      [EXPORT_MEDIA_TYPES.parquet]: { schema: file },
    },
  };
}

// Widened, so that no handler is asked to type an answer that `handleError` alone makes.
const PROBLEM_JSON: string = "application/problem+json";

/** Whatever else an operation answers. */
export const problems = {
  default: {
    description: "What went wrong, by a code, with the next step (RFC 9457).",
    content: { [PROBLEM_JSON]: { schema: problemSchema } },
  },
};

export const batchPath = z.object({ id: batchIdSchema });
export const itemPath = z.object({ id: batchIdSchema, ordinal: z.coerce.number().pipe(ordinalSchema) });

/** An ordinal behind which a listing goes on; -1 is its beginning. */
export const afterSchema = z.coerce.number().int().min(-1).max(LARGEST_INTEGER).default(-1);
export const pageNoSchema = z.coerce.number().int().min(1).max(LARGEST_INTEGER);
/** A yes or no in a query. */
export const flagSchema = z.enum(["true", "false"]).transform((text) => text === "true");
