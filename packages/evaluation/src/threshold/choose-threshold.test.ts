import { describe, expect, test } from "bun:test";
import { repeatChoice } from "../simulation/repeat-choice.ts";
import { seededRandom } from "../simulation/seeded-random.ts";
import { simulatedModels } from "../simulation/simulated-models.ts";
import { chooseThreshold, type HeldOut, leastHeldOut } from "./choose-threshold.ts";
import { fixedSteps, stepsByShare } from "./threshold-steps.ts";

const asked = 0.97;
/** 200 repetitions, of which 10 may break the promise; `bench classify --guarantee` makes many more. */
const REPETITIONS = 200;

describe("the promise is kept in at least 95 of 100 repetitions", () => {
  for (const model of simulatedModels(asked)) {
    test.each([
      [1_000, 1_000],
      [1_000, 0],
      [110, 500],
    ])(`${model.name}: %p held out, steps by the confidences of %p others`, (heldOut, others) => {
      const { broken } = repeatChoice(model, { agreement: asked, heldOut, others, repetitions: REPETITIONS, seed: 3 });
      expect(broken / REPETITIONS).toBeLessThanOrEqual(0.05);
    });
  }
});

test("a choice by what held-out documents show would break it: the simulations can fail", () => {
  const model = simulatedModels(asked).find(({ name }) => name === "flat, a hundredth under");
  if (model === undefined) throw new Error("there is no such model");
  let broken = 0;
  for (let seed = 0; seed < REPETITIONS; seed += 1) {
    const next = seededRandom(seed);
    const drawn = Array.from({ length: 500 }, () => next() < model.agreementAt(0));
    let agreed = 0;
    if (drawn.some((agrees, rank) => ((agreed += agrees ? 1 : 0), rank > 98 && agreed / (rank + 1) >= asked)))
      broken += 1;
  }
  expect(broken / REPETITIONS).toBeGreaterThan(0.3);
});

test("finds thresholds where they can be proved, and lower ones with more documents", () => {
  const [model] = simulatedModels(asked);
  if (model === undefined) throw new Error("there is no model");
  const coverage = (heldOut: number) =>
    repeatChoice(model, { agreement: asked, heldOut, others: 1_000, repetitions: 50, seed: 1 }).coverage;
  const [few, more, many] = [600, 1_500, 4_000].map(coverage);
  expect(few).toBeGreaterThan(0.1);
  expect(more).toBeGreaterThan(few ?? 1);
  expect(many).toBeGreaterThan(more ?? 1);
});

const certain = (count: number, confidence: number, agrees = true): HeldOut[] =>
  Array.from({ length: count }, () => ({ confidence, agrees }));

test("too few documents prove nothing, and it says how many would", () => {
  const steps = stepsByShare([0.2, 0.5, 0.9], { heldOut: 98, agreement: asked });
  expect(chooseThreshold(certain(98, 0.9), { agreement: asked, steps })).toEqual({ from: null, needed: 99 });
  expect(chooseThreshold(certain(99, 0.9), { agreement: asked, steps })).toEqual({ from: 0, accepted: 99, agreed: 99 });
  expect(chooseThreshold([], { agreement: 0.9 })).toEqual({ from: null, needed: 29 });
  expect(leastHeldOut(0.97)).toBe(99);
});

test("all documents are those of confidence 0 too", () => {
  const heldOut = [...certain(400, 1), ...certain(400, 0)];
  expect(chooseThreshold(heldOut, { agreement: asked })).toEqual({ from: 0, accepted: 800, agreed: 800 });
  const wrong = [...certain(400, 1), ...certain(400, 0, false)];
  expect(chooseThreshold(wrong, { agreement: asked })).toEqual({ from: 0.01, accepted: 400, agreed: 400 });
});

test("a model that disagrees where it is surest gets the threshold that all of them pass, or none", () => {
  const heldOut = Array.from({ length: 2_000 }, (_, rank) => ({ confidence: rank / 2_000, agrees: rank < 1_500 }));
  expect(chooseThreshold(heldOut, { agreement: 0.9 }).from).toBeNull();
});

test("the order of held-out documents is of no matter", () => {
  const next = seededRandom(9);
  const heldOut = Array.from({ length: 600 }, () => ({
    confidence: Math.round(next() * 20) / 20,
    agrees: next() < 0.99,
  }));
  const chosen = chooseThreshold(heldOut, { agreement: 0.95 });
  expect(chosen.from).not.toBeNull();
  expect(chooseThreshold(heldOut.toReversed(), { agreement: 0.95 })).toEqual(chosen);
});

test.each([
  [{ agreement: 1 }, "agreement of 1"],
  [{ agreement: 0.9, risk: 0 }, "risk of 0"],
  [
    {
      agreement: 0.9,
      steps: [
        { from: 0.5, weight: 0.6 },
        { from: 0, weight: 0.6 },
      ],
    },
    "more than 1",
  ],
  [
    {
      agreement: 0.9,
      steps: [
        { from: 0, weight: 0 },
        { from: 0.5, weight: 1 },
      ],
    },
    "do not fall",
  ],
])("%j cannot be asked", (request, message) => {
  expect(() => chooseThreshold([], request)).toThrow(message);
});

describe("steps", () => {
  test.each([
    ["fixed ones", fixedSteps()],
    [
      "of many confidences",
      stepsByShare(
        Array.from({ length: 999 }, (_, at) => at / 999),
        { heldOut: 500, agreement: asked },
      ),
    ],
    ["of one", stepsByShare([0.3, 0.3, 0.3], { heldOut: 500, agreement: asked })],
    ["of none", stepsByShare([], { heldOut: 500, agreement: asked })],
    ["of nothing but 0", stepsByShare([0, 0], { heldOut: 5, agreement: asked })],
  ])("%s fall to 0 and spend the whole risk", (_, steps) => {
    expect(steps.at(-1)?.from).toBe(0);
    expect(steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    for (const [index, { from }] of steps.entries())
      if (index > 0) expect(from).toBeLessThan(steps[index - 1]?.from ?? 0);
  });

  test("each lets 2 % more of the documents through", () => {
    const steps = stepsByShare(
      Array.from({ length: 1_000 }, (_, at) => (at + 1) / 1_000),
      { heldOut: 500, agreement: asked },
    );
    expect(steps).toHaveLength(50);
    expect(steps[9]?.from).toBeCloseTo(0.801, 10);
  });
});
