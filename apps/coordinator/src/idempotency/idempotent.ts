import { AppError } from "@sluice/contracts";
import type { MiddlewareHandler } from "hono";
import type { SignedIn } from "../auth/require-role.ts";
import type { OnceKey } from "./do-once.ts";
import type { KeyStore } from "./key-store.ts";

export const IDEMPOTENCY_HEADER = "Idempotency-Key";

/** What a handler of such a request finds in its context, for `doOnce`; null for a request without a key. */
export interface SentOnce {
  Variables: { once: OnceKey | null };
}

/**
 * Answers a request that has an Idempotency-Key once: sent again by the same caller within a day, it gets the stored answer. Only
 * answers that say that something was done are stored; with `keepsAnswer: false`, for one that nobody else may read, what was done is
 * noted by `doOnce` alone, and the handler makes the answer again. Behind `requireRole`.
 */
export function idempotent(keys: KeyStore, { keepsAnswer = true } = {}): MiddlewareHandler<SignedIn & SentOnce> {
  return async (context, next) => {
    const key = readKey(context.req.header(IDEMPOTENCY_HEADER));
    if (key === null) {
      context.set("once", null);
      await next();
      return;
    }
    const once = { caller: context.get("caller").id, key };
    const { method, url } = context.req;
    const requestHash = hashOf(method, url.slice(url.indexOf("/", "https://".length)), await context.req.text());
    const kept = await keys.claim(once, requestHash);
    if (kept !== null) {
      return new Response(kept.body, {
        status: kept.status,
        headers: { "content-type": kept.contentType, "idempotency-replayed": "true" },
      });
    }
    context.set("once", once);
    await next();
    const { status, headers } = context.res;
    const contentType = headers.get("content-type") ?? "";
    if (context.res.ok && !keepsAnswer) keys.leave(once);
    else if (context.res.ok) await keys.keep(once, { status, contentType, body: await context.res.clone().text() });
    else await keys.drop(once);
    return;
  };
}

/** A string of the draft's syntax, in quotes, or the bare text that most clients send. */
function readKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  const [, quoted] = /^"((?:[ !#-[\]-~]|\\["\\])*)"$/.exec(header) ?? [];
  const key = quoted?.replaceAll(/\\(["\\])/g, "$1") ?? header;
  if (key !== "" && key.length <= 255 && /^[ -~]+$/.test(key)) return key;
  throw new AppError("BAD_REQUEST", `${IDEMPOTENCY_HEADER} takes 1 to 255 visible ASCII characters.`);
}

function hashOf(method: string, path: string, body: string): Buffer {
  const hasher = new Bun.CryptoHasher("sha256").update(`${method} ${path}\n`).update(body);
  return Buffer.from(hasher.digest());
}
