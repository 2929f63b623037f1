import { expect, test } from "bun:test";
import type { Explanation } from "./explain-labels.ts";
import { formatExplanation } from "./format-explanation.ts";

const look = { width: 80, paint: (_style: unknown, text: string) => text };
const sure: Explanation = {
  uri: "file:///in/a.pdf",
  path: "/in/a.pdf",
  state: "classified",
  category: "invoice",
  confidence: 0.93,
  source: "rules",
  mark: 0.65,
  margin: 0.28,
  runnerUp: { category: "receipt", confidence: 0.04 },
  terms: [
    { term: "amount due", weight: 3.1, where: "text" },
    { term: "bank details\u001b[2J", weight: 1.5, where: "structure" },
  ],
  reason: null,
};

test("says the label, its margin, what came second and what decided, and shows no control characters", () => {
  const [path, verdict, head, first, second, ...more] = formatExplanation(sure, look);
  expect([path, verdict]).toEqual([
    "/in/a.pdf",
    "  invoice at 0.93 by the rules, 0.28 above the mark of 0.65; then receipt at 0.04",
  ]);
  expect(head).toContain("what decided");
  expect(first?.trim().split(/\s{2,}/)).toEqual(["3.10", "amount due", "text"]);
  expect(second).not.toContain("\u001b");
  expect(more).toEqual([]);
});

test("says which label was withheld, why an LLM decided, and when there was nothing to judge", () => {
  const withheld = { ...sure, state: "abstained", category: null, confidence: 0.41, margin: -0.24 } as const;
  const unsure = { ...withheld, runnerUp: { category: "invoice", confidence: 0.41 } };
  expect(formatExplanation(unsure, look)[1]).toBe(
    "  no label by the rules: invoice at 0.41 is 0.24 below the mark of 0.65",
  );
  expect(formatExplanation({ ...withheld, runnerUp: null }, look)[1]).toBe(
    "  no label by the rules: nothing speaks for any category",
  );
  const llm = { ...sure, source: "llm", terms: [], reason: "It asks for money." } as const;
  expect(formatExplanation(llm, look).slice(1)).toEqual([
    "  invoice at 0.93 by the LLM, 0.28 above the mark of 0.65; then receipt at 0.04",
    "  “It asks for money.”",
  ]);
  expect(formatExplanation({ ...withheld, state: "no_text", terms: [] }, look)[1]).toContain("no text to judge");
});
