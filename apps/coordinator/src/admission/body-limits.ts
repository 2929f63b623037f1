import { AppError } from "@sluice/contracts";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { SignedIn } from "../auth/require-role.ts";

// A retry of a hundred thousand items by their ordinals is the largest of these.
const USUAL = limited(2 << 20);
// A chunk of 10,000 items with long paths is some 10 MB; a taxonomy of 500 categories less, a model of 260,000 n-grams up to 64 MB.
const LARGE = limited(64 << 20);
const LARGE_PATHS = /^\/v1\/(?:batches(?:\/[^/]+\/items)?|models)$/;
/** What is written to a disk and not into memory has a limit of its own. */
const STREAMED_PATHS = /^\/v1\/uploads(?:\/|$)/;

/**
 * Bodies are read into memory before they are looked at: no larger than an operation needs, announced or not. Of whoever has no
 * valid token nothing is read at all. Runs behind the guard.
 */
export const bodyLimits: MiddlewareHandler<SignedIn> = async (context, next) => {
  const { path } = context.req;
  const nobody = (context.get("caller") as SignedIn["Variables"]["caller"] | undefined) === undefined;
  if (nobody || STREAMED_PATHS.test(path)) return await next();
  return await (LARGE_PATHS.test(path) ? LARGE : USUAL)(context, next);
};

function limited(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: (context) => {
      throw new AppError("PAYLOAD_TOO_LARGE", `${context.req.path} takes at most ${maxBytes} bytes.`, {
        context: { maxBytes },
      });
    },
  });
}
