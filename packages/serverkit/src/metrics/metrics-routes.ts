import { Hono, type MiddlewareHandler } from "hono";
import type { ServerMetrics } from "./server-metrics.ts";

/** `GET /metrics` in Prometheus' text form, for whom `authorize` lets pass. */
export function metricsRoutes(metrics: ServerMetrics, authorize: MiddlewareHandler): Hono {
  const routes = new Hono();
  routes.get("/metrics", authorize, async (context) => {
    const { body, contentType } = await metrics.text();
    return context.body(body, 200, { "content-type": contentType });
  });
  return routes;
}
