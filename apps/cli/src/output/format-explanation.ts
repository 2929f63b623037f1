import type { Explanation } from "./explain-labels.ts";
import type { Paint } from "./paint.ts";
import { safeText } from "./safe-text.ts";
import { formatTable } from "./table.ts";

const COLUMNS = [
  { title: "weight", align: "right" },
  { title: "what decided", shrinkTo: 16 },
  { title: "where" },
] as const;

const judges = {
  rules: "the rules",
  model: "the model",
  llm: "the LLM",
  near_duplicate: "the LLM, of a document that is almost the same",
} as const;

/** An explanation for people: the label and its margin, what came second, then what decided, the weightiest first. */
export function formatExplanation(explanation: Explanation, look: { width: number; paint: Paint }): string[] {
  const { path, terms, reason } = explanation;
  const lines = [look.paint("bold", safeText(path)), `  ${verdictOf(explanation)}`];
  if (reason !== null) lines.push(`  “${safeText(reason)}”`);
  if (terms.length === 0) return lines;
  const rows = terms.map(({ term, weight, where }) => [weight.toFixed(2), safeText(term), safeText(where)]);
  const table = formatTable(COLUMNS, rows, look.width - 2, (cell, row) => (row < 0 ? look.paint("dim", cell) : cell));
  return [...lines, ...table.map((line) => `  ${line}`)];
}

function verdictOf({ state, category, confidence, source, mark, margin, runnerUp }: Explanation): string {
  if (state === "no_text") return "no label: there is no text to judge";
  const by = judges[source];
  if (category === null) {
    const withheld =
      runnerUp === null ? "nothing speaks for any category" : `${safeText(runnerUp.category)} at ${number(confidence)}`;
    return runnerUp === null
      ? `no label by ${by}: ${withheld}`
      : `no label by ${by}: ${withheld} is ${number(-margin)} below the mark of ${number(mark)}`;
  }
  const second = runnerUp === null ? "" : `; then ${safeText(runnerUp.category)} at ${number(runnerUp.confidence)}`;
  return `${safeText(category)} at ${number(confidence)} by ${by}, ${number(margin)} above the mark of ${number(mark)}${second}`;
}

function number(value: number): string {
  return value.toFixed(2);
}
