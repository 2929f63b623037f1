import { expect, test } from "bun:test";
import { fromRuns, toRuns, isSuspect } from "./shard-job.ts";
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

test("a suspect is one document alone, tried before", () => {
  const job = (retryCount: number, ...runs: [number, number][]) =>
    isSuspect({ id: "j", queue: "q", retryCount, data: { batchId: "b", runs } });
  expect(job(1, [7, 7])).toBe(true);
  expect([job(0, [7, 7]), job(1, [7, 8]), job(1, [7, 7], [9, 9])]).toEqual([false, false, false]);
});
