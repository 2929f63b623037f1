import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents", "research");

test.if(process.platform === "linux")(
  "bench path: every page goes the whole path, and CPU time is told by role",
  () => {
    const run = Bun.spawnSync([process.execPath, RUN, "path", SAMPLES, "--pages", "60", "--workers", "2", "--json"]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as {
      pages: number;
      balanced: boolean;
      best: Record<"alone" | "none" | "rules", { pages: number; cpuSeconds: Record<string, number> }>;
      ratio: Record<"none" | "rules", { wall: number; cpu: number }>;
    };
    expect(report.pages).toBeGreaterThanOrEqual(60);
    expect(report.balanced).toBe(true);
    for (const pass of Object.values(report.best)) expect(pass.pages).toBe(report.pages);
    expect(report.best.none.cpuSeconds["extractor"]).toBeGreaterThan(0);
    for (const { wall, cpu } of Object.values(report.ratio)) expect(Math.min(wall, cpu)).toBeGreaterThan(0);
  },
  120_000,
);
