import type { MiddlewareHandler } from "hono";

/**
 * What every answer says to browsers: its type is what it says it is, it is no page and in no frame, it is kept nowhere, and, with
 * TLS, nobody comes back without. An answer that says something else of itself (a page, a file that never changes) keeps that.
 */
export function securityHeaders({ tls }: { tls: boolean }): MiddlewareHandler {
  const headers: Record<string, string> = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    ...(tls ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
  const entries = Object.entries(headers);
  return async (context, next) => {
    await next();
    const sent = context.res.headers;
    for (const [name, value] of entries) if (!sent.has(name)) sent.set(name, value);
  };
}
