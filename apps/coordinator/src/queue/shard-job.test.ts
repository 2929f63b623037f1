import { expect, test } from "bun:test";
import { fromRuns, toRuns, isSingle } from "./shard-job.ts";
import { shardQueueName } from "./queue-options.ts";

test("ordinals become runs and come back", () => {
  const ordinals = [0, 1, 2, 5, 7, 8];
  expect(toRuns(ordinals)).toEqual([
    [0, 2],
    [5, 5],
    [7, 8],
  ]);
  expect(fromRuns(toRuns(ordinals))).toEqual(ordinals);
  expect(toRuns([])).toEqual([]);
});

test("a queue is named after what a worker must offer", () => {
  expect(shardQueueName("0.1.0-r1", null)).toBe("extract/0.1.0-r1");
  expect(shardQueueName("0.1.0-r1", "rules@1")).toBe("extract/0.1.0-r1/rules-1");
});

test("a single shard is one document alone", () => {
  const job = (...runs: [number, number][]) => isSingle({ data: { batchId: "b", runs } });
  expect([job([7, 7]), job([7, 8]), job([7, 7], [9, 9])]).toEqual([true, false, false]);
});
