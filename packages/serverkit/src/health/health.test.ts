import { expect, test } from "bun:test";
import { LoopWatch } from "../metrics/loop-watch.ts";
import { healthRoutes } from "./health-routes.ts";
import { Readiness } from "./readiness.ts";

test("ready when every check holds; otherwise 503 with what is in the way", async () => {
  let full = false;
  using loop = new LoopWatch();
  const readiness = new Readiness({
    database: () => ({ ok: true, schema: 3 }),
    spool: async () => (full ? { ok: false, reason: "12 MB left" } : { ok: true }),
  });
  const routes = healthRoutes({ readiness, loop, facts: () => ({ slots: 2 }) });
  const fine = await routes.request("/readyz");
  expect(fine.status).toBe(200);
  expect(await fine.json()).toEqual({
    ready: true,
    slots: 2,
    checks: { database: { ok: true, schema: 3 }, spool: { ok: true }, draining: { ok: true } },
  });
  full = true;
  for (;;) {
    const asked = await routes.request("/readyz");
    // What was found is remembered for a moment.
    if (asked.status === 200) continue;
    expect(((await asked.json()) as { checks: object }).checks).toMatchObject({ spool: { reason: "12 MB left" } });
    break;
  }
});

test("a check that throws or hangs is not ready, and its error is not told", async () => {
  const readiness = new Readiness(
    {
      throws: () => Promise.reject(Object.assign(new Error("password of the database"), { code: "28P01" })),
      hangs: () => new Promise(() => undefined),
    },
    20,
  );
  const report = await readiness.report();
  expect(report.ready).toBe(false);
  expect(report.checks["throws"]).toEqual({ ok: false, reason: "the check failed with 28P01" });
  expect(report.checks["hangs"]).toEqual({ ok: false, reason: "no answer within 20 ms" });
});

test("being told to stop shows at once, whatever was remembered", async () => {
  const readiness = new Readiness({ database: () => ({ ok: true }) });
  expect((await readiness.report()).ready).toBe(true);
  readiness.drain();
  expect(await readiness.report()).toMatchObject({ ready: false, checks: { draining: { ok: false } } });
});

test("a loop that stands still is not healthy, and is again when it goes on", async () => {
  using loop = new LoopWatch({ everyMs: 10, stalledMs: 200 });
  const routes = healthRoutes({ readiness: new Readiness({}), loop });
  expect((await routes.request("/healthz")).status).toBe(200);
  // Holds the only thread, as a defect would.
  Bun.sleepSync(300);
  expect(loop.stalled).toBe(true);
  expect((await routes.request("/healthz")).status).toBe(503);
  while (loop.stalled) await Bun.sleep(5);
  expect((await routes.request("/healthz")).status).toBe(200);
});
