import { expect, test } from "bun:test";
import { splitShard } from "./split-shard.ts";

test("the document that all losses name is set apart, else the shard is halved", () => {
  expect(splitShard([1, 2, 3, 4], 3)).toEqual([[3], [1, 2, 4]]);
  expect(splitShard([1, 2, 3, 4, 5], null)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(splitShard([1, 2], 9)).toEqual([[1], [2]]);
});
