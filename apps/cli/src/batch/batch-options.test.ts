import { expect, test } from "bun:test";
import { readConfig } from "../config.ts";
import { batchOptions } from "./batch-options.ts";

const environment = { HOME: "/nowhere" };

test("how many documents may be in work at a time: the flag wins over the environment, and neither is no bound", async () => {
  const bounded = readConfig({ ...environment, SLUICE_MAX_CONCURRENT: "7" });
  expect((await batchOptions({ deduplicate: true, nearDuplicates: true }, bounded)).maxConcurrent).toBe(7);
  expect(
    (await batchOptions({ deduplicate: true, nearDuplicates: true, maxConcurrent: 2 }, bounded)).maxConcurrent,
  ).toBe(2);
  expect(await batchOptions({ deduplicate: true, nearDuplicates: true }, readConfig(environment))).not.toHaveProperty(
    "maxConcurrent",
  );
  expect(() => readConfig({ ...environment, SLUICE_MAX_CONCURRENT: "0" })).toThrow(/SLUICE_MAX_CONCURRENT/);
});
