import { AppError, SHARD_STREAM } from "@sluice/contracts";
import { bearerToken, sameSecret } from "@sluice/serverkit";
import { Hono } from "hono";
import type { ShardDesk } from "../shards/shard-desk.ts";

/** `POST /v1/shards`, for coordinators that hold the token this worker registered with. */
export function shardRoutes(desk: ShardDesk, dispatchToken: string): Hono {
  const routes = new Hono();
  routes.post("/v1/shards", async (context) => {
    const token = bearerToken(context.req.header("authorization"));
    if (token === null || !sameSecret(token, dispatchToken)) {
      throw new AppError("UNAUTHORIZED", "This is not the token that this worker registered with.");
    }
    const stream = desk.take(await context.req.json());
    return context.body(stream, 200, { "content-type": SHARD_STREAM });
  });
  return routes;
}
