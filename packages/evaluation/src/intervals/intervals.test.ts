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

describe("wilson", () => {
  test("textbook values", () => {
    const { low, high } = wilson(8, 10);
    expect([low, high].map((bound) => bound.toFixed(4))).toEqual(["0.4902", "0.9433"]);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  test("is shorter than the exact interval where there are hits and misses, around the share that was seen, and the same from the other side", () => {
    for (let trials = 1; trials <= 60; trials += 1) {
      for (let hits = 0; hits <= trials; hits += 1) {
        const exact = clopperPearson(hits, trials);
        const { low, high } = wilson(hits, trials);
        if (hits > 0 && hits < trials) expect(high - low).toBeLessThan(exact.high - exact.low);
        expect(low).toBeLessThanOrEqual(hits / trials + 1e-12);
        expect(high).toBeGreaterThanOrEqual(hits / trials - 1e-12);
        expect(wilson(trials - hits, trials).high).toBeCloseTo(1 - low, 12);
      }
    }
  });

  test("holds the true share in 95 % of cases in the mean over shares, and not for each of them", () => {
    const trials = 40;
    let sum = 0;
    let worst = 1;
    const shares = Array.from({ length: 199 }, (_, at) => (at + 1) / 200);
    for (const share of shares) {
      let covered = 0;
      for (let hits = 0; hits <= trials; hits += 1) {
        const { low, high } = wilson(hits, trials);
        if (low <= share && share <= high)
          covered += choose(trials, hits) * share ** hits * (1 - share) ** (trials - hits);
      }
      sum += covered;
      worst = Math.min(worst, covered);
    }
    expect(sum / shares.length).toBeCloseTo(0.95, 2);
    expect(worst).toBeLessThan(0.95);
    expect(worst).toBeGreaterThan(0.8);
  });
});

function choose(n: number, k: number): number {
  let value = 1;
  for (let step = 1; step <= k; step += 1) value = (value * (n - k + step)) / step;
  return value;
}
