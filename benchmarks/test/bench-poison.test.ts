import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

test("bench poison: every kind fails by its name, the rest is read, and the batch balances", () => {
  const options = ["--count", "400", "--workers", "2", "--timeout", "1", "--json"];
  const run = Bun.spawnSync([process.execPath, RUN, "poison", SAMPLES, ...options]);
  expect(run.exitCode, run.stderr.toString()).toBe(0);
  const report = JSON.parse(run.stdout.toString()) as Record<string, unknown>;
  expect(report).toMatchObject({ documents: 400, poisonous: 4, limitSeconds: 1, balanced: true });
  // The samples have failures of their own: those of the poison come on top.
  expect(report["failures"]).toMatchObject({ CHILD_CRASHED: 1, CHILD_TIMEOUT: 2, CHILD_OOM: 1 });
  expect(report["ratio"]).toBeGreaterThan(0);
}, 120_000);
