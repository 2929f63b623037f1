import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

test.skipIf(process.platform !== "linux")(
  "bench memory: every part is seen at every sample, and all that was handed in is read and balances",
  () => {
    const options = ["--minutes", "0.1", "--rate", "30", "--workers", "2", "--json"];
    const run = Bun.spawnSync([process.execPath, RUN, "memory", SAMPLES, ...options]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as {
      documents: number;
      batches: number;
      unbalanced: number;
      roles: { role: string; limitMb: number | null; peakMb: number; meanMb: number; slopeMbPerHour: number }[];
      samples: Record<string, number>[];
    };
    expect(report).toMatchObject({ documents: 300 * report.batches, unbalanced: 0 });
    expect(report.batches).toBeGreaterThan(0);
    expect(report.roles.map(({ role }) => role)).toEqual(["coordinator", "worker", "extractor", "postgres"]);
    for (const { role, peakMb, meanMb, slopeMbPerHour } of report.roles) {
      // Extractors come with the first shard and go when they have read enough: they need not be there at a sample.
      if (role !== "extractor") expect(meanMb, role).toBeGreaterThan(5);
      expect(peakMb, role).toBeGreaterThanOrEqual(meanMb * 0.99);
      expect(slopeMbPerHour, role).toBeFinite();
    }
    // Enough for a slope; a busy machine takes few in its six seconds.
    expect(report.samples.length).toBeGreaterThan(1);
  },
  120_000,
);
