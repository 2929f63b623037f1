import { describe, expect, test } from "bun:test";
import { clopperPearson, lowerBound } from "./clopper-pearson.ts";
import { incompleteBeta } from "./incomplete-beta.ts";
import { wilson } from "./wilson.ts";

describe("incompleteBeta", () => {
  test.each([
    [0.5, 2, 3, 11 / 16],
    [0.1, 0.5, 0.5, (2 / Math.PI) * Math.asin(Math.sqrt(0.1))],
    [0.97, 98, 1, 0.97 ** 98],
    [0.3, 1, 12, 1 - 0.7 ** 12],
    [0, 2, 2, 0],
    [1, 2, 2, 1],
  ])("I_%p(%p, %p) where it has a closed form", (x, a, b, value) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(value, 12);
  });

  test("is the probability of the binomial distribution", () => {
    for (const [n, k, p] of [
      [20, 3, 0.2],
      [50, 45, 0.9],
      [7, 7, 0.5],
    ] as const) {
      let upper = 0;
      for (let hits = k; hits <= n; hits += 1) upper += choose(n, hits) * p ** hits * (1 - p) ** (n - hits);
      expect(incompleteBeta(p, k, n - k + 1)).toBeCloseTo(upper, 11);
    }
  });
});

describe("clopperPearson", () => {
  test("textbook values", () => {
    const { low, high } = clopperPearson(8, 10);
    expect([low, high].map((bound) => bound.toFixed(4))).toEqual(["0.4439", "0.9748"]);
    expect(clopperPearson(0, 10).high).toBeCloseTo(1 - 0.025 ** 0.1, 10);
    expect(clopperPearson(10, 10).low).toBeCloseTo(0.025 ** 0.1, 10);
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test("the rule of three: n hits of n prove about 1 - 3/n", () => {
    expect(lowerBound(99, 99, 0.05)).toBeGreaterThan(0.97);
    expect(lowerBound(98, 98, 0.05)).toBeLessThan(0.97);
  });

  test("holds the true share at least as often as it says, for every share", () => {
    const n = 30;
    for (const share of [0.02, 0.3, 0.77, 0.97]) {
      let covered = 0;
      for (let hits = 0; hits <= n; hits += 1) {
        const { low, high } = clopperPearson(hits, n);
        if (low <= share && share <= high) covered += choose(n, hits) * share ** hits * (1 - share) ** (n - hits);
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });
});

test("wilson lies within the exact interval, and is not as wide", () => {
  for (const [hits, trials] of [
    [5, 10],
    [97, 100],
    [0, 12],
  ] as const) {
    const exact = clopperPearson(hits, trials);
    const score = wilson(hits, trials);
    expect(score.high - score.low).toBeLessThan(exact.high - exact.low + 1e-9);
  }
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

function choose(n: number, k: number): number {
  let value = 1;
  for (let step = 1; step <= k; step += 1) value = (value * (n - k + step)) / step;
  return value;
}
