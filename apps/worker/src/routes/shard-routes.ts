import { AppError, LABEL_STREAM, SHARD_STREAM } from "@sluice/contracts";
import { bearerToken, sameSecret } from "@sluice/serverkit";
import { Hono, type MiddlewareHandler } from "hono";
import type { LabelDesk } from "../labels/label-desk.ts";
import type { ShardDesk } from "../shards/shard-desk.ts";

/** `POST /v1/shards` and `POST /v1/label-shards`, for coordinators that hold the token this worker registered with. */
export function shardRoutes(desks: { shards: ShardDesk; labels: LabelDesk }, dispatchToken: string): Hono {
  const onlyCoordinators: MiddlewareHandler = async (context, next) => {
    const token = bearerToken(context.req.header("authorization"));
    if (token === null || !sameSecret(token, dispatchToken)) {
      throw new AppError("UNAUTHORIZED", "This is not the token that this worker registered with.");
    }
    await next();
  };
  const routes = new Hono();
  routes.post("/v1/shards", onlyCoordinators, async (context) => {
    const stream = await desks.shards.take(await context.req.json());
    return context.body(stream, 200, { "content-type": SHARD_STREAM });
  });
  routes.post("/v1/label-shards", onlyCoordinators, async (context) => {
    const stream = desks.labels.take(await context.req.json());
    return context.body(stream, 200, { "content-type": LABEL_STREAM });
  });
  return routes;
}
