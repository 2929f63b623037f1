import { Hono } from "hono";
import type { ExtractorPool } from "../extractors/pool/extractor-pool.ts";
import type { ShardDesk } from "../shards/shard-desk.ts";

/** `GET /healthz`: the process answers. `GET /readyz`: it can take work, or why not (503). No token needed. */
export function healthRoutes(pool: ExtractorPool, desk: ShardDesk): Hono {
  const routes = new Hono();
  routes.get("/healthz", (context) => context.json({ ok: true }));
  routes.get("/readyz", (context) => {
    const { slots, busy, lost, children } = pool.stats;
    const ready = !desk.closed && lost < slots;
    const reason = desk.closed ? "stopping" : "every slot is held by an extractor that cannot be killed";
    return context.json({ ready, ...(ready ? {} : { reason }), slots, busy, lost, children }, ready ? 200 : 503);
  });
  return routes;
}
