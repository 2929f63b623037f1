import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");

test.skipIf(process.platform !== "linux")(
  "bench api: a batch is submitted, listed, asked for by many at once, and deleted",
  () => {
    const options = ["api", "--count", "3000", "--batches", "1500", "--clients", "5", "--seconds", "1", "--json"];
    const run = Bun.spawnSync([process.execPath, RUN, ...options]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as { calls: { name: string }[]; crowds: object[] };
    expect(report).toMatchObject({ suite: "api", items: 3000, batches: 1500 });
    expect(report.calls.length).toBe(8);
    expect(report.crowds).toMatchObject([
      { clients: 5, pauseMs: 0, errors: 0 },
      { clients: 5, pauseMs: 1000, errors: 0 },
    ]);
  },
  120_000,
);
