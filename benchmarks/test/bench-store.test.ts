import { expect, test } from "bun:test";
import { join } from "node:path";

const RUN = join(import.meta.dir, "..", "run.ts");
const SAMPLES = join(import.meta.dir, "..", "..", "packages", "testkit", "samples", "documents");

function bench(...options: string[]): Record<string, unknown> {
  const run = Bun.spawnSync([process.execPath, RUN, ...options, "--json"]);
  expect(run.exitCode, run.stderr.toString()).toBe(0);
  return JSON.parse(run.stdout.toString()) as Record<string, unknown>;
}

const cpu = { client: expect.any(Number), coordinator: expect.any(Number), postgres: expect.any(Number) };

test.skipIf(process.platform !== "linux")(
  "bench store: each way to keep text is measured on its own database, or says why not",
  () => {
    const report = bench("store", SAMPLES, "--count", "200", "--storage", "migrated,external,lz4");
    expect(report).toMatchObject({ suite: "store", documents: 200, pages: expect.any(Number) });
    const variants = report["variants"] as {
      storage: string;
      rounds: { rowsPerSecond: number; bytes: Record<string, number> }[];
      unavailable: string | null;
    }[];
    expect(variants.map(({ storage }) => storage)).toEqual(["migrated", "external", "lz4"]);
    for (const { storage, rounds, unavailable } of variants) {
      // The embedded server may have been built without it.
      if (storage === "lz4" && unavailable !== null) continue;
      expect(unavailable).toBeNull();
      expect(rounds).toMatchObject([{ cpuSeconds: cpu }]);
      expect(rounds[0]?.rowsPerSecond).toBeGreaterThan(0);
      expect(rounds[0]?.bytes["all"]).toBeGreaterThan(rounds[0]?.bytes["pages"] ?? Infinity);
    }
  },
  120_000,
);

test.skipIf(process.platform !== "linux")(
  "bench growth: items wait while they are queued, and so many documents are read in front of them",
  () => {
    const report = bench("growth", "--queued", "1000,3000", "--count", "1500");
    expect(report).toMatchObject({ suite: "growth", documents: 1500, levels: [{ queued: 1000 }, { queued: 3000 }] });
    for (const level of report["levels"] as { rounds: object[]; processingPerDocument: number }[]) {
      expect(level.processingPerDocument).toBeGreaterThan(0);
      expect(level.rounds).toMatchObject([{ filling: cpu, intake: { count: 2500 }, processing: cpu }]);
    }
    expect(report["processingRatio"]).toBeGreaterThanOrEqual(1);
  },
  120_000,
);

test.skipIf(process.platform !== "linux")(
  "bench label: text is stored first, then all of it is judged",
  () => {
    const report = bench("label", "--count", "400", "--pages", "2");
    expect(report).toMatchObject({ suite: "label", documents: 400, rounds: [{ documents: 400, ...cpu }] });
    expect(report["coordinatorMs"]).toBeGreaterThan(0);
  },
  120_000,
);
