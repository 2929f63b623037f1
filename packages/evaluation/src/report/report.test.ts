import { expect, test } from "bun:test";
import { scoreLabels } from "../scores/score-labels.ts";
import { evaluationCharts } from "./evaluation-charts.ts";
import { scoreLabelSets } from "../scores/score-label-sets.ts";
import { evaluationMarkdown, labelSetsMarkdown } from "./evaluation-markdown.ts";

const scores = scoreLabels([
  { expected: "invoice", got: "invoice", confidence: 0.99 },
  { expected: "invoice", got: "letter", confidence: 0.7 },
  { expected: "a|b", got: null, confidence: 0 },
]);

test("the page says what is right with its bounds, what was confused, and what was not found", () => {
  const page = evaluationMarkdown({ subject: "batch 1", scores, missing: 2 });
  expect(page).toContain("- right: 0.333 (0.061–0.792), 1 of 3");
  expect(page).toContain("- invoice → letter: 1");
  expect(page).toContain("- a|b → no label: 1");
  expect(page).toContain("| a\\|b | 1 | – |");
  expect(page).toContain("| invoice | 2 | 1.000 (0.207–1.000) | 0.500 (0.095–0.905) | 0.667 (");
  expect(page).toContain("2 of the file's documents are not in the batch");
});

test("of several labels it says how many documents have exactly theirs", () => {
  const sets = scoreLabelSets([{ expected: ["a", "b"], got: ["a"] }]);
  const page = labelSetsMarkdown({ subject: "batch 1", scores: sets, missing: 0 });
  expect(page).toContain("- exactly their labels: 0.000 (0.000–0.793), 0 of 1 documents");
  expect(page).toContain("| b | 1 | – | 0.000 (0.000–0.793) | 0.000 (0.000–");
});

test("charts have a column for documents without a label where there are any", () => {
  expect(evaluationCharts(scores).confusion).toContain("no label");
  const labelled = scoreLabels([{ expected: "x", got: "x", confidence: 1 }]);
  expect(evaluationCharts(labelled).confusion).not.toContain("no label");
  expect(evaluationCharts(labelled).calibration).toContain("<circle");
});
