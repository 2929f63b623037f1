import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
type Counts = Record<string, number | undefined>;

const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

test("bench poison: every kind fails by its name, the rest is read, and the batch balances", () => {
  const options = ["--count", "400", "--workers", "2", "--timeout", "1", "--json"];
  const run = Bun.spawnSync([process.execPath, RUN, "poison", SAMPLES, ...options]);
  expect(run.exitCode, run.stderr.toString()).toBe(0);
  const report = JSON.parse(run.stdout.toString()) as Record<string, unknown>;
  expect(report).toMatchObject({ documents: 400, poisonous: 4, limitSeconds: 1, balanced: true });
  // The samples have failures of their own: those of the poison come on top.
  // On a machine that is starved, time may be up before memory is.
  const { CHILD_CRASHED: crashed, CHILD_TIMEOUT: late = 0, CHILD_OOM: full = 0 } = report["failures"] as Counts;
  expect([crashed, late + full]).toEqual([1, 3]);
  expect(report["ratio"]).toBeGreaterThan(0);
}, 120_000);
