import { expect, test } from "bun:test";
import { retryDelayMs } from "./retry-delay.ts";

const delays = (random: () => number) =>
  Array.from({ length: 12 }, (_, index) => retryDelayMs(index + 1, { firstMs: 5_000, askedMs: null, random }));

test("waits grow from seconds to hours, over more than a day, and end", () => {
  const seconds = delays(() => 0).map((ms) => (ms === null ? null : ms / 1_000));
  expect(seconds).toEqual([5, 20, 80, 320, 1_280, 5_120, 20_480, 21_600, 21_600, 21_600, 21_600, null]);
  expect(retryDelayMs(40, { firstMs: 5_000, askedMs: null })).toBeNull();
});

test("what failed together does not come again together", () => {
  expect(delays(() => 1)[0]).toBe(6_250);
  const spread = new Set(Array.from({ length: 50 }, () => retryDelayMs(3, { firstMs: 5_000, askedMs: null })));
  expect(spread.size).toBeGreaterThan(20);
});

test("a receiver that asks for time gets it, an hour at most", () => {
  const asked = (askedMs: number) => retryDelayMs(1, { firstMs: 5_000, askedMs, random: () => 0 });
  expect([asked(1_000), asked(60_000), asked(1e12)]).toEqual([5_000, 60_000, 3_600_000]);
});
