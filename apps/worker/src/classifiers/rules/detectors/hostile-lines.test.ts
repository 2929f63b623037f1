import { expect, test } from "bun:test";
import { join } from "node:path";

// Over 2,000 documents take about ten seconds on a slow machine; one expression that backtracks takes longer than this for each.
const KILLED_AFTER_MS = 120_000;

test(
  "no line holds a detector up",
  () => {
    const child = Bun.spawnSync([process.execPath, join(import.meta.dir, "hostile-lines.ts")], {
      stderr: "inherit",
      timeout: KILLED_AFTER_MS,
    });
    expect(child.signalCode ?? null).toBeNull();
    expect(Number(child.stdout.toString())).toBeGreaterThan(2_000);
  },
  KILLED_AFTER_MS + 5_000,
);
