import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

test.if(process.platform === "linux")(
  "bench isolation: documents of a size through a worker and without, with what each costs",
  () => {
    const options = ["--kilobytes", "20,50", "--seconds", "1", "--workers", "2", "--json"];
    const run = Bun.spawnSync([process.execPath, RUN, "isolation", SAMPLES, ...options]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as {
      sizes: {
        files: number;
        ratio: { wall: number; cpu: number };
        children: { cpuSeconds: Record<string, number> };
      }[];
    };
    expect(report.sizes).toHaveLength(2);
    for (const { files, ratio, children } of report.sizes) {
      expect(files).toBeGreaterThan(0);
      expect(Math.min(ratio.wall, ratio.cpu)).toBeGreaterThan(0);
      expect(children.cpuSeconds["extractor"]).toBeGreaterThan(0);
    }
  },
  120_000,
);
