import { describe, expect, test } from "bun:test";
import { ProgressRate } from "./progress-rate.ts";

describe("ProgressRate", () => {
  test("says nothing before it knows", () => {
    const rate = new ProgressRate();
    expect(rate.rates(0)).toBeNull();
    rate.observe({ atMs: 0, done: 0, pages: 0 });
    rate.observe({ atMs: 100, done: 5, pages: 50 });
    expect(rate.secondsFor(10, 100)).toBeNull();
  });

  test("divides by the time since its first sample", () => {
    const rate = new ProgressRate();
    rate.observe({ atMs: 0, done: 0, pages: 0 });
    rate.observe({ atMs: 2_000, done: 20, pages: 300 });
    expect(rate.rates(2_000)).toEqual({ documents: 10, pages: 150 });
    expect(rate.secondsFor(100, 2_000)).toBe(10);
  });

  test("forgets what lies before its window", () => {
    const rate = new ProgressRate();
    for (let second = 0; second <= 60; second += 1) {
      // A hundred a second for half a minute, then one a second.
      const done = second <= 30 ? second * 100 : 3_000 + (second - 30);
      rate.observe({ atMs: second * 1_000, done, pages: done });
    }
    expect(rate.rates(60_000)?.documents).toBeCloseTo(1, 5);
  });

  test("a stall lowers the rate, and in the end there is none rather than an endless ETA", () => {
    const rate = new ProgressRate();
    rate.observe({ atMs: 0, done: 0, pages: 0 });
    rate.observe({ atMs: 1_000, done: 10, pages: 10 });
    expect(rate.rates(1_000)?.documents).toBe(10);
    expect(rate.rates(10_000)?.documents).toBe(1);
    expect(rate.secondsFor(1, 30_000)).toBeNull();
  });
});
