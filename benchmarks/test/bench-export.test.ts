import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

function bench(...options: string[]): Record<string, unknown> {
  const run = Bun.spawnSync([process.execPath, RUN, ...options, "--json"]);
  expect(run.exitCode, run.stderr.toString()).toBe(0);
  return JSON.parse(run.stdout.toString()) as Record<string, unknown>;
}

test.skipIf(process.platform !== "linux")(
  "bench export: every page in each format",
  () => {
    const report = bench("export", SAMPLES, "--pages", "500");
    const variants = report["variants"] as { format: string; rounds: { bytes: number; coordinatorRssMb: number }[] }[];
    expect(variants.map(({ format }) => format)).toEqual(["ndjson", "csv", "parquet"]);
    for (const { rounds } of variants) {
      expect(rounds).toHaveLength(1);
      expect(rounds[0]?.bytes).toBeGreaterThan(10_000);
      expect(rounds[0]?.coordinatorRssMb).toBeGreaterThan(20);
    }
  },
  120_000,
);

test.skipIf(process.platform !== "linux")(
  "bench search: everything becomes searchable, and queries are timed",
  () => {
    const report = bench("search", SAMPLES, "--pages", "500");
    expect(report).toMatchObject({ suite: "search", storing: [{ indexing: false }, { indexing: true }] });
    expect(report["pages"]).toBeGreaterThan(500);
    expect(report["queries"]).toContainEqual(
      expect.objectContaining({ words: "qwertyuiop", hits: 0, exhaustive: true }),
    );
  },
  120_000,
);
