import { Hono } from "hono";
import type { LoopWatch } from "../metrics/loop-watch.ts";
import type { Readiness } from "./readiness.ts";

/**
 * Without a token, for load balancers and supervisors. `healthz`: the process lives and its loop keeps up; who gets no
 * answer, or 503 again and again, restarts it. `readyz`: it can take work now, or 503 with what is in the way; a restart
 * would not help. `facts` are added to the answer of `readyz`.
 */
export function healthRoutes(parts: {
  readonly readiness: Readiness;
  readonly loop: LoopWatch;
  readonly facts?: () => object;
}): Hono {
  const routes = new Hono();
  routes.get("/healthz", (context) => {
    const { stalled, lagMs } = parts.loop;
    const body = { ok: !stalled, loopLagMs: Math.round(lagMs), uptimeSeconds: Math.round(process.uptime()) };
    return context.json(body, stalled ? 503 : 200);
  });
  routes.get("/readyz", async (context) => {
    const report = await parts.readiness.report();
    return context.json({ ...report, ...parts.facts?.() }, report.ready ? 200 : 503);
  });
  return routes;
}
