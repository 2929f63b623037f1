import type { MiddlewareHandler } from "hono";

/** Answers that are there as a whole, and not read from rows or files while they are sent. */
const WHOLE = /^(application\/(json|problem\+json)|text\/html)\b/;

/**
 * A HEAD is answered without a body, and with the length that GET would have where that costs no reading. Runs inside of what
 * counts streams: nobody reads this one, and what it holds is given back only at its end.
 */
export const answerHead: MiddlewareHandler = async (context, next) => {
  await next();
  if (context.req.method !== "HEAD") return;
  const { body, headers } = context.res;
  if (body !== null && !headers.has("content-length") && WHOLE.test(headers.get("content-type") ?? "")) {
    const { byteLength } = await context.res.arrayBuffer();
    context.res = new Response(null, context.res);
    context.res.headers.set("content-length", String(byteLength));
    return;
  }
  context.res = new Response(null, context.res);
  body?.cancel().catch(() => undefined);
};
