import { AppError } from "@sluice/contracts";
import type { MiddlewareHandler } from "hono";
import { type SignedIn, signIn } from "../auth/require-role.ts";
import type { TokenStore } from "../auth/token-store.ts";
import { namedDocument, namedIds } from "./named-ids.ts";
import type { OpenStreams } from "./open-streams.ts";
import { type Owners, seesOnly } from "./owners.ts";
import type { RequestRates } from "./request-rates.ts";

export interface GuardParts {
  readonly tokens: TokenStore;
  readonly rates: RequestRates;
  readonly streams: OpenStreams;
  readonly owners: Owners;
}

/**
 * What holds for every operation, whoever adds one: the caller's rate, the number of its streams, and that what the request names
 * is nobody else's batch or document, which is then NOT_FOUND as one that never was. Which role an operation takes is its own to say:
 * a request without a valid token passes here and is refused there.
 */
export function guard({ tokens, rates, streams, owners }: GuardParts): MiddlewareHandler<SignedIn> {
  return async (context, next) => {
    const caller = await signIn(tokens, context);
    if (caller === null) return await next();
    const headers = rates.take(caller);
    const visibleTo = seesOnly(caller);
    // A token of another role than these opens no batch at all, and its operation says so.
    if (caller.role === "submit" && visibleTo !== null) {
      await refuseForeign(owners, new URL(context.req.url), visibleTo);
    }
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
    context.res = streams.hold(caller, context.res);
  };
}

async function refuseForeign(owners: Owners, url: URL, visibleTo: string): Promise<void> {
  const batch = await owners.findForeign(namedIds(url), visibleTo);
  if (batch !== null) throw new AppError("NOT_FOUND", `There is no batch ${batch}.`);
  const document = namedDocument(url);
  if (document === null || (await owners.seesDocument(document, visibleTo))) return;
  throw new AppError("NOT_FOUND", `Nothing is stored of a document ${document}.`);
}
