import { describe, expect, test } from "bun:test";
import { chooseThreshold, type HeldOut } from "./choose-threshold.ts";

/** Uniform numbers from 0 to 1: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of a model whose confidence rises with its agreement, under a teacher who errs at random. */
const agreementAt = (confidence: number, teacherErrs: number) =>
  (1 - teacherErrs) * (1 - 0.6 * (1 - confidence) ** 3) + teacherErrs * 0.05;

/** Of all documents above a threshold, whose confidences are spread evenly. */
function trueAgreement(above: number, teacherErrs: number): number {
  let sum = 0;
  const points = 2_000;
  for (let point = 0; point < points; point += 1) {
    sum += agreementAt(above + ((1 - above) * (point + 0.5)) / points, teacherErrs);
  }
  return sum / points;
}

function draw(count: number, teacherErrs: number, seed: number): HeldOut[] {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const confidence = next();
    return { confidence, agrees: next() < agreementAt(confidence, teacherErrs) };
  });
}

describe("chooseThreshold keeps its promise in at least 95 of 100 repetitions", () => {
  test.each([
    [400, 0.97, 0],
    [1_000, 0.97, 0],
    [1_000, 0.9, 0.05],
    [2_000, 0.93, 0.05],
    [3_000, 0.99, 0],
  ])("%p held out, an agreement of %p asked for, a teacher who errs in %p", (count, agreement, teacherErrs) => {
    const repetitions = 400;
    let broken = 0;
    let chosen = 0;
    for (let seed = 1; seed <= repetitions; seed += 1) {
      const threshold = chooseThreshold(draw(count, teacherErrs, seed * 7_919), { agreement });
      if (threshold.above === null) continue;
      chosen += 1;
      if (trueAgreement(threshold.above, teacherErrs) < agreement) broken += 1;
    }
    expect(broken / repetitions).toBeLessThanOrEqual(0.05);
    expect(chosen).toBeGreaterThan(repetitions / 10);
  });
});

test("more held-out documents let more documents take the model's label", () => {
  const coverage = (count: number) => {
    const above = Array.from({ length: 40 }, (_, seed) => {
      const threshold = chooseThreshold(draw(count, 0, seed + 1), { agreement: 0.97 });
      return threshold.above ?? 1;
    });
    return 1 - above.reduce((sum, each) => sum + each, 0) / above.length;
  };
  expect(coverage(3_000)).toBeGreaterThan(coverage(500));
});

test("too few documents prove nothing, and it says how many would", () => {
  expect(chooseThreshold(draw(100, 0, 1), { agreement: 0.97 })).toEqual({ above: null, needed: 152 });
  expect(chooseThreshold([], { agreement: 0.9 })).toEqual({ above: null, needed: 44 });
});

test("a model that disagrees where it is surest has no threshold", () => {
  const heldOut = Array.from({ length: 2_000 }, (_, rank) => ({ confidence: rank / 2_000, agrees: rank < 1_500 }));
  expect(chooseThreshold(heldOut, { agreement: 0.9 }).above).toBeNull();
});

test("documents of one confidence are above a threshold together, or none of them", () => {
  const heldOut = Array.from({ length: 600 }, (_, rank) => ({ confidence: rank < 300 ? 0.9 : 0.8, agrees: true }));
  const threshold = chooseThreshold(heldOut, { agreement: 0.97 });
  expect(threshold.above).toBe(0);
  expect(threshold).toMatchObject({ accepted: 600, agreed: 600 });
});
