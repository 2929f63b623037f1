import { describe, expect, test } from "bun:test";
import { seededRandom } from "../simulation/seeded-random.ts";
import { type JudgedSets, scoreLabelSets } from "./score-label-sets.ts";
import { scoreLabels } from "./score-labels.ts";

test("counts labels by category and over all, and documents that have exactly theirs", () => {
  const { exact, coverage, micro, macroF1, classes } = scoreLabelSets([
    { expected: ["invoice", "urgent"], got: ["urgent", "invoice"] },
    { expected: ["invoice"], got: ["invoice", "urgent"] },
    { expected: ["letter", "urgent"], got: ["urgent"] },
    { expected: ["letter"], got: [] },
  ]);
  expect(exact).toMatchObject({ hits: 1, of: 4 });
  expect(coverage).toMatchObject({ hits: 3, of: 4 });
  expect(micro).toMatchObject({ precision: { hits: 4, of: 5 }, recall: { hits: 4, of: 6 } });
  expect(micro.f1).toBeCloseTo(8 / 11, 12);
  expect(classes.map(({ category, precision, recall }) => [category, precision.hits, precision.of, recall.of])).toEqual(
    [
      ["invoice", 2, 2, 2],
      ["letter", 0, 0, 2],
      ["urgent", 2, 3, 2],
    ],
  );
  expect(macroF1).toBeCloseTo((1 + 0 + 0.8) / 3, 12);
});

const CATEGORIES = ["a", "b", "c", "d", "e"];

function drawSets(seed: number): JudgedSets[] {
  const next = seededRandom(seed);
  const draw = (share: number) => CATEGORIES.filter(() => next() < share);
  return Array.from({ length: Math.floor(next() * 60) }, () => ({ expected: draw(0.3), got: draw(0.4) }));
}

describe("for every set of documents", () => {
  const cases = Array.from({ length: 200 }, (_, seed) => drawSets(seed));

  test("scores lie within their bounds, F1 between precision and recall", () => {
    for (const documents of cases) {
      const { exact, coverage, micro, classes } = scoreLabelSets(documents);
      for (const { low, share, high, of } of [exact, coverage, micro.precision, micro.recall]) {
        if (of > 0) expect([low <= share + 1e-12, share <= high + 1e-12]).toEqual([true, true]);
      }
      for (const { precision, recall, f1, f1Bounds } of classes) {
        if (precision.of > 0 && recall.of > 0) {
          expect(f1).toBeLessThanOrEqual(Math.max(precision.share, recall.share) + 1e-12);
          expect(f1).toBeGreaterThanOrEqual(Math.min(precision.share, recall.share) - 1e-12);
        }
        expect(f1Bounds.low).toBeLessThanOrEqual(f1 + 1e-12);
        expect(f1Bounds.high).toBeGreaterThanOrEqual(f1 - 1e-12);
      }
      expect(micro.precision.hits).toBe(classes.reduce((sum, { precision }) => sum + precision.hits, 0));
    }
  });

  test("what is expected and what was got change places: so do precision and recall", () => {
    for (const documents of cases) {
      const turned = scoreLabelSets(documents.map(({ expected, got }) => ({ expected: got, got: expected })));
      const { exact, micro } = scoreLabelSets(documents);
      expect(turned.micro).toEqual({ precision: micro.recall, recall: micro.precision, f1: micro.f1 });
      expect(turned.exact).toEqual(exact);
    }
  });

  test("of one label each they are the scores of single labels", () => {
    for (const documents of cases) {
      const single = documents.flatMap(({ expected: [expected], got: [got] }) =>
        expected === undefined ? [] : [{ expected, got }],
      );
      const sets = scoreLabelSets(
        single.map(({ expected, got }) => ({ expected: [expected], got: got === undefined ? [] : [got] })),
      );
      const scores = scoreLabels(single.map(({ expected, got }) => ({ expected, got: got ?? null, confidence: 0.5 })));
      expect(sets.exact).toEqual(scores.accuracy);
      expect(sets.micro.precision).toEqual(scores.accuracyOfLabelled);
      expect(sets.micro.recall).toEqual(scores.accuracy);
      expect(sets.micro.f1).toBe(scores.microF1);
      expect(sets.macroF1).toBeCloseTo(scores.macroF1, 12);
      expect(sets.classes).toEqual([...scores.classes]);
    }
  });
});

test("the bounds of F1 hold it in about 95 % of samples", () => {
  let held = 0;
  const repetitions = 1_000;
  for (let seed = 0; seed < repetitions; seed += 1) {
    const next = seededRandom(seed * 7_919);
    // Of 200 documents .3 should have it; .8 of these get it, and .1 of the others.
    const documents = Array.from({ length: 200 }, () => {
      const should = next() < 0.3;
      const gets = next() < (should ? 0.8 : 0.1);
      return { expected: should ? ["a"] : [], got: gets ? ["a"] : [] };
    });
    const bounds = scoreLabelSets(documents).classes[0]?.f1Bounds;
    const truth = (2 * 0.24) / (0.3 + 0.24 + 0.07);
    if (bounds !== undefined && bounds.low <= truth && truth <= bounds.high) held += 1;
  }
  expect(held / repetitions).toBeGreaterThan(0.93);
  expect(held / repetitions).toBeLessThan(0.97);
});
