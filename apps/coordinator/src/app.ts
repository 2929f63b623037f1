import { handleError, notFound } from "@sluice/serverkit";
import { Hono } from "hono";
import { batchRoutes } from "./routes/batch-routes.ts";
import { healthRoutes } from "./routes/health-routes.ts";
import type { RouteParts } from "./routes/parts.ts";
import { workerRoutes } from "./routes/worker-routes.ts";

/** The HTTP surface; everything behind it is handed in. */
export function createApp(parts: RouteParts): Hono {
  const app = new Hono();
  app.onError(handleError(parts.logger));
  app.notFound(notFound);
  app.route("/", healthRoutes(parts));
  app.route("/v1/batches", batchRoutes(parts));
  app.route("/v1/workers", workerRoutes(parts));
  return app;
}
