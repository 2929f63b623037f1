import { expect, test } from "bun:test";
import { classifyModelMarkdown } from "../../report/classify-model-markdown.ts";
import { thisMachine } from "../../report/this-machine.ts";
import { benchClassifyModel } from "./model.ts";
import { drawRows } from "./draw-rows.ts";
import type { LabelledText } from "./measurement-sets.ts";

const SUBJECTS = { sport: "goal match league striker", money: "bank shares profit market" };

/** Texts of a subject's words among those that all texts have. */
const ROWS = Object.entries(SUBJECTS).flatMap(([category, words]) =>
  Array.from({ length: 60 }, (_, row): LabelledText => {
    const own = words.split(" ");
    const text = Array.from({ length: 40 }, (_word, at) => `people said ${own[(row + at * at) % 4]} again`).join(" ");
    return { part: row % 3 === 0 ? "test" : "train", category, text };
  }),
);

test("bench classify: a model of few rows, how good it is on others and how quick", async () => {
  const report = await benchClassifyModel({ rowsALabel: [10, 1_000], seeds: 2, sets: { made: ROWS } });
  expect(report.skipped).toEqual([]);
  const [few, all] = report.accuracy;
  expect(few).toMatchObject({ set: "made", rowsALabel: 10, rows: 20, labels: 2, testRows: 40, sklearn: null });
  expect(all?.rows).toBe(80);
  expect(few?.sluice.accuracy).toBe(1);
  expect(report.speed[0]?.documents).toBeGreaterThan(0);
  expect(report.speed[0]?.perSecond.plain).toBeGreaterThan(0);
  const markdown = classifyModelMarkdown(report, thisMachine());
  expect(markdown).toContain("| made | 2 | 10 | 20 | 40 | 1.000 |");
});

test("rows to learn from and rows to judge have none in common, and follow from the seed", () => {
  const first = drawRows(ROWS, { perLabel: 10, seed: 3 });
  expect(first).toEqual(drawRows(ROWS, { perLabel: 10, seed: 3 }));
  expect(first.train).not.toEqual(drawRows(ROWS, { perLabel: 10, seed: 4 }).train);
  expect(first.train.filter((row) => first.test.includes(row))).toEqual([]);
});
