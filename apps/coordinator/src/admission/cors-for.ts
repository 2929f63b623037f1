import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

const A_DAY_SECONDS = 86_400;

/** Lets pages of these origins call the API from a browser. There are no cookies, so that a page needs a token like anybody. */
export function corsFor(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposeHeaders: ["retry-after", "ratelimit", "ratelimit-policy", "location", "link", "etag"],
    maxAge: A_DAY_SECONDS,
  });
}
