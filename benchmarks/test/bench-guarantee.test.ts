import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");

test("bench classify --guarantee: no model's promise is broken more often than allowed, and thresholds are found", () => {
  const run = Bun.spawnSync([process.execPath, RUN, "classify", "--guarantee", "--count", "20", "--json"]);
  expect(run.exitCode, run.stderr.toString()).toBe(0);
  const report = JSON.parse(run.stdout.toString()) as {
    suite: string;
    rows: { model: string; found: number; bounds: { low: number }; heldOut: number; agreement: number }[];
  };
  expect(report.suite).toBe("classify-cascade-guarantee");
  expect(report.rows.filter(({ bounds }) => bounds.low > 0.05)).toEqual([]);
  const smooth = report.rows.filter(({ model, heldOut }) => model === "rises smoothly" && heldOut === 3_000);
  expect(smooth.filter(({ agreement }) => agreement < 0.99).every(({ found }) => found > 17)).toBe(true);
});
