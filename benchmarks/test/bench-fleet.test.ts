import { expect, test } from "bun:test";
import { join } from "node:path";
import type { FleetReport } from "../suites/fleet.ts";

const RUN = join(import.meta.dir, "..", "run.ts");

test.skipIf(process.platform !== "linux")(
  "bench fleet: every shard is stored once, by one coordinator and by two, and the figures fit together",
  () => {
    const options = ["--workers", "3", "--slots", "2", "--ms", "20", "--seconds", "10", "--json"];
    const run = Bun.spawnSync([process.execPath, RUN, "fleet", ...options]);
    expect(run.exitCode, run.stderr.toString()).toBe(0);
    const report = JSON.parse(run.stdout.toString()) as FleetReport;
    expect(report.best.map((round) => round.coordinators)).toEqual([1, 2]);
    for (const round of report.best) {
      expect(round).toMatchObject({ documents: 3_000, balanced: true, outcomes: { committed: round.shards } });
      expect(round.slotUse).toBeGreaterThan(0);
      expect(round.slotUse).toBeLessThanOrEqual(1.001);
      const slotSeconds = 6 * round.windowSeconds;
      expect(round.shardsPerSecond * round.windowSeconds * round.idleMsPerShard).toBeCloseTo(
        1_000 * slotSeconds * (1 - round.slotUse),
      );
      expect(round.cpuMsPerShard.postgres).toBeGreaterThan(0);
    }
    expect(report.best[0]?.shares).toHaveLength(1);
    const [, both] = report.best;
    expect(both?.shares.reduce((sum, shards) => sum + shards, 0)).toBe(
      Object.values(both?.outcomes ?? {}).reduce((sum, attempts) => sum + attempts, 0),
    );
  },
  120_000,
);
