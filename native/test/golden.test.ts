import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extract } from "../src/index.ts";
import { GOLDEN, goldenOutcome, goldenText, SAMPLES, samplePaths, textPath } from "./golden.ts";

// A difference is a change of behaviour: look at it, and when it is meant, `bun run golden` in native/ takes it over.
const outcomes = readFileSync(join(GOLDEN, "outcomes.tsv"), "utf8").replace(/\n$/, "").split("\n");

test("every sample has an outcome and no other", () => {
  expect(outcomes.map((row) => row.split("\t")[0])).toEqual(samplePaths());
});

test.each(samplePaths())("%s reads as it was reviewed", async (path) => {
  const result = extract(await Bun.file(join(SAMPLES, path)).bytes());
  expect(goldenOutcome(path, result)).toBe(outcomes.find((row) => row.startsWith(`${path}\t`)) ?? "no outcome");
  const kept = textPath(path);
  expect(goldenText(result)).toBe(existsSync(kept) ? readFileSync(kept, "utf8") : "");
});
