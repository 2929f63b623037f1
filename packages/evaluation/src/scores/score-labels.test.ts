import { expect, test } from "bun:test";
import { calibrationCurve, calibrationError } from "./calibration-curve.ts";
import { type JudgedDocument, scoreLabels } from "./score-labels.ts";

const judged = (expected: string, got: string | null, confidence = 0.9): JudgedDocument => ({
  expected,
  got,
  confidence,
});

test("counts what was right, by category, and what got no label", () => {
  const scores = scoreLabels([
    judged("invoice", "invoice"),
    judged("invoice", "invoice"),
    judged("invoice", "letter"),
    judged("letter", "letter"),
    judged("letter", null),
    judged("resume", "invoice"),
  ]);
  expect(scores.categories).toEqual(["invoice", "letter", "resume"]);
  expect(scores.confusion).toEqual([
    [2, 1, 0, 0],
    [0, 1, 0, 1],
    [1, 0, 0, 0],
  ]);
  expect(scores.accuracy).toMatchObject({ hits: 3, of: 6, share: 0.5 });
  expect(scores.accuracyOfLabelled).toMatchObject({ hits: 3, of: 5 });
  expect(scores.coverage).toMatchObject({ hits: 5, of: 6 });
  expect(scores.classes.map(({ precision, recall }) => [precision.hits, precision.of, recall.of])).toEqual([
    [2, 3, 3],
    [1, 2, 2],
    [0, 0, 1],
  ]);
  expect(scores.macroF1).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 10);
});

test("every document is in the matrix once", () => {
  const kinds = ["a", "b", "c", "d"];
  const documents = Array.from({ length: 500 }, (_, at) =>
    judged(kinds[at % 4] ?? "a", at % 7 === 0 ? null : (kinds[(at * at) % 4] ?? "a")),
  );
  const { confusion } = scoreLabels(documents);
  expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(500);
});

test("nothing judged is nothing known", () => {
  const scores = scoreLabels([]);
  expect(scores.accuracy).toEqual({ hits: 0, of: 0, share: 0, low: 0, high: 1 });
  expect(scores.calibration).toEqual([]);
});

test("calibration: labels that are right as often as they say have no error, sure ones that are wrong have much", () => {
  const even = Array.from({ length: 1_000 }, (_, at) => ({ confidence: 0.8, right: at % 5 !== 0 }));
  expect(calibrationError(calibrationCurve(even))).toBeLessThan(0.01);
  const wrong = Array.from({ length: 100 }, () => ({ confidence: 1, right: false }));
  expect(calibrationError(calibrationCurve(wrong))).toBeCloseTo(1, 10);
  expect(calibrationCurve(wrong)).toHaveLength(10);
});
