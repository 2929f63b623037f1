import { AppError } from "@sluice/contracts";
import { handleError, healthRoutes, metricsRoutes, notFound, securityHeaders } from "@sluice/serverkit";
import { bodyLimits } from "./admission/body-limits.ts";
import { answerHead } from "./admission/answer-head.ts";
import { corsFor } from "./admission/cors-for.ts";
import { guard } from "./admission/guard.ts";
import { requireRole } from "./auth/require-role.ts";
import { unstorableText } from "./db/database-error.ts";
import { allowedMethods } from "./routes/allowed-methods.ts";
import { blobRoutes } from "./routes/blob-routes.ts";
import { modelRoutes } from "./routes/model-routes.ts";
import { labelRoutes } from "./routes/label-routes.ts";
import { batchRoutes } from "./routes/batch-routes.ts";
import { documentRoutes } from "./routes/document-routes.ts";
import { batchEventRoutes, eventRoutes } from "./routes/event-routes.ts";
import { itemRoutes } from "./routes/item-routes.ts";
import { type Api, apiRoutes } from "./routes/operations.ts";
import type { RouteParts } from "./routes/parts.ts";
import { addReference } from "./routes/reference-routes.ts";
import { queueRoutes } from "./routes/queue-routes.ts";
import { comparisonRoutes } from "./routes/comparison-routes.ts";
import { resultRoutes } from "./routes/result-routes.ts";
import { resumableRoutes } from "./routes/resumable-routes.ts";
import { uploadRoutes } from "./routes/upload-routes.ts";
import { searchRoutes } from "./routes/search-routes.ts";
import { tokenRoutes } from "./routes/token-routes.ts";
import { webhookRoutes } from "./routes/webhook-routes.ts";
import { workerRoutes } from "./routes/worker-routes.ts";

/** The HTTP surface; everything behind it is handed in. */
export function createApp(parts: RouteParts): Api {
  const app = apiRoutes();
  const { metrics, readiness } = parts;
  app.use("*", metrics.middleware());
  app.use("*", securityHeaders(parts));
  if (parts.corsOrigins.length > 0) app.use("/v1/*", corsFor(parts.corsOrigins));
  const onError = handleError(parts.logger);
  app.onError((error, context) => onError(unstorableText(error), context));
  app.route("/", healthRoutes({ readiness, loop: metrics.loop }));
  app.route("/", metricsRoutes(metrics, requireRole(parts.tokens, "metrics")));
  // Reading goes on to the end, and so do workers that come, go and renew; new work goes to another coordinator.
  app.on(["POST", "PUT", "PATCH", "DELETE"], ["/v1/batches/*", "/v1/uploads/*"], async (_context, next) => {
    if (readiness.draining) throw new AppError("SHUTTING_DOWN", "This coordinator is stopping and takes no more work.");
    await next();
  });
  app.use("/v1/*", async (_context, next) => {
    const newer = parts.schemaNewer();
    if (newer !== null) throw newer;
    await next();
  });
  app.use("/v1/*", guard(parts));
  app.use("*", answerHead);
  app.use("/v1/*", bodyLimits);
  for (const routes of [batchRoutes, itemRoutes, resultRoutes, labelRoutes, comparisonRoutes, batchEventRoutes])
    app.route("/v1/batches", routes(parts));
  app.route("/v1/documents", documentRoutes(parts));
  app.route("/v1/queues", queueRoutes(parts));
  app.route("/v1/search", searchRoutes(parts));
  app.route("/v1/events", eventRoutes(parts));
  app.route("/v1/webhooks", webhookRoutes(parts));
  app.route("/v1/workers", workerRoutes(parts));
  app.route("/v1/uploads/resumable", resumableRoutes(parts));
  app.route("/v1/uploads", uploadRoutes(parts));
  app.route("/v1/blobs", blobRoutes(parts));
  app.route("/v1/models", modelRoutes(parts));
  app.route("/v1/tokens", tokenRoutes(parts));
  addReference(app, parts.version);
  app.notFound(notFound(allowedMethods(app.routes)));
  return app;
}
