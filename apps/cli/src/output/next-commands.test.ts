import { expect, test } from "bun:test";
import type { Place } from "../cluster/choose-place.ts";
import { nextCommands } from "./next-commands.ts";

const REPORT = { batchId: "b", failed: 1, classifyFailed: 0, interrupted: false };
const place: Place = { kind: "dataDir", dataDir: "/my data", byDefault: false };
const said = (report: typeof REPORT, exported: string | null) =>
  nextCommands(report, { place, program: "sluice", exported }).join("\n");

test("what to try depends on what happened", () => {
  expect(said(REPORT, null)).toContain("sluice failures latest --data-dir '/my data'");
  expect(said(REPORT, null)).toContain("results latest --export");
  expect(said({ ...REPORT, failed: 0 }, null)).not.toContain("failures");
  expect(said(REPORT, "/out.csv")).toStartWith("results are in /out.csv");
  expect(said(REPORT, "stdout")).not.toContain("results");
  expect(said({ ...REPORT, interrupted: true }, null)).toBe(
    "run the same command again to go on: what is done is kept",
  );
});
