/** Writes what the engine reads of the project's samples to test/golden, to be looked at as a diff and committed. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GOLDEN, goldenOutcome, goldenText, SAMPLES, samplePaths, textPath } from "../test/golden.ts";
import { buildAddon } from "./build.ts";

buildAddon();
const { extract } = await import("../src/index.ts");
rmSync(GOLDEN, { recursive: true, force: true });
mkdirSync(GOLDEN);
const outcomes: string[] = [];
for (const path of samplePaths()) {
  const result = extract(await Bun.file(join(SAMPLES, path)).bytes());
  outcomes.push(goldenOutcome(path, result));
  const text = goldenText(result);
  if (text === "") continue;
  mkdirSync(dirname(textPath(path)), { recursive: true });
  writeFileSync(textPath(path), text);
}
writeFileSync(join(GOLDEN, "outcomes.tsv"), `${outcomes.join("\n")}\n`);
