import { AppError } from "@sluice/contracts";
import { bearerToken } from "@sluice/serverkit";
import type { Context, MiddlewareHandler } from "hono";
import type { Role } from "../config.ts";
import type { Caller, TokenStore } from "./token-store.ts";

/** What a handler finds in its context once a token has let the request in. */
export interface SignedIn {
  Variables: { caller: Caller };
}

/** Who calls with a request, as it was found; of who has no valid token this is all there is. */
const found = new WeakMap<Request, Caller | null>();

/**
 * Which roles a role stands in for. A worker's token opens nothing but its registration, a scraper's nothing but the
 * metrics.
 */
const ALLOWS: Record<Role, readonly Role[]> = {
  admin: ["admin", "submit", "metrics"],
  submit: ["submit"],
  worker: ["worker"],
  metrics: ["metrics"],
};

/** Who calls, or null; asked once a request. */
export async function signIn(tokens: TokenStore, context: Context<SignedIn>): Promise<Caller | null> {
  const known = found.get(context.req.raw);
  if (known !== undefined) return known;
  const token = bearerToken(context.req.header("authorization"));
  const caller = token === null ? null : await tokens.callerOf(token);
  found.set(context.req.raw, caller);
  if (caller !== null) context.set("caller", caller);
  return caller;
}

/** Lets a request pass when its token has one of these roles: UNAUTHORIZED without a valid token, else FORBIDDEN. */
export function requireRole(tokens: TokenStore, ...roles: readonly Role[]): MiddlewareHandler<SignedIn> {
  return async (context, next) => {
    const caller = await signIn(tokens, context);
    if (caller === null) throw new AppError("UNAUTHORIZED", "The request has no valid token.");
    if (!roles.some((wanted) => ALLOWS[caller.role].includes(wanted))) {
      throw new AppError("FORBIDDEN", `A ${caller.role} token does not allow this; it takes ${roles.join(" or ")}.`);
    }
    await next();
  };
}
