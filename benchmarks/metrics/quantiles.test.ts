import { expect, test } from "bun:test";
import { quantilesOf } from "./quantiles.ts";

test("of a hundred times: the middle, the last of a hundred, the longest", () => {
  const times = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantilesOf(times)).toEqual({ calls: 100, p50: 51, p99: 100, max: 100 });
  expect(quantilesOf([7])).toEqual({ calls: 1, p50: 7, p99: 7, max: 7 });
});
