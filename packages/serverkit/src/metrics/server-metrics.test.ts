import { expect, test } from "bun:test";
import { AppError } from "@sluice/contracts";
import { Hono } from "hono";
import { handleError, notFound } from "../errors.ts";
import { createLogger } from "../logger.ts";
import { metricsRoutes } from "./metrics-routes.ts";
import { ServerMetrics } from "./server-metrics.ts";

function appWith(metrics: ServerMetrics): Hono {
  const app = new Hono();
  app.use("*", metrics.middleware());
  app.onError(handleError(createLogger({ name: "test", level: "silent" })));
  app.notFound(notFound());
  const batches = new Hono();
  batches.use("*", async (_context, next) => next());
  batches.get("/:id", (context) => context.text("one"));
  batches.post("/:id/items", () => {
    throw new AppError("BUSY", "full");
  });
  app.route("/v1/batches", batches);
  app.route(
    "/",
    metricsRoutes(metrics, async (context, next) => {
      if (context.req.header("authorization") === undefined) throw new AppError("UNAUTHORIZED", "no token");
      await next();
    }),
  );
  return app;
}

const lines = async (metrics: ServerMetrics, name: string) =>
  (await metrics.text()).body.split("\n").filter((line) => line.startsWith(`${name}{`));

test("requests count by the pattern of their route, whatever was asked for", async () => {
  using metrics = new ServerMetrics({ service: "test", protocol: 1 });
  const app = appWith(metrics);
  for (const id of ["invoice-of-mr-smith", "b"]) await app.request(`/v1/batches/${id}`);
  await app.request("/v1/batches/c/items", { method: "POST" });
  await app.request("/nowhere/invoice-of-mr-smith");
  await app.request("/v1/batches/c/nowhere", { method: "DELETE" });
  expect((await lines(metrics, "sluice_http_requests_total")).sort()).toEqual([
    'sluice_http_requests_total{method="DELETE",route="unmatched",status="404"} 1',
    'sluice_http_requests_total{method="GET",route="/v1/batches/:id",status="200"} 2',
    'sluice_http_requests_total{method="GET",route="unmatched",status="404"} 1',
    'sluice_http_requests_total{method="POST",route="/v1/batches/:id/items",status="429"} 1',
  ]);
  expect((await metrics.text()).body).not.toContain("smith");
});

test("only who is let in reads them, as Prometheus' text", async () => {
  using metrics = new ServerMetrics({ service: "test", protocol: 1 });
  const app = appWith(metrics);
  expect((await app.request("/metrics")).status).toBe(401);
  const read = await app.request("/metrics", { headers: { authorization: "Bearer x" } });
  expect(read.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  const text = await read.text();
  for (const name of ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_start_time_seconds"]) {
    expect(Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1])).toBeGreaterThan(0);
  }
  expect(text).toContain(`sluice_build_info{service="test",protocol="1",bun="${Bun.version}"} 1`);
});
