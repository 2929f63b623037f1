import type { DocumentShape } from "../document-shape.ts";

/** Answers how plainly a document shows one kind of structure: 0 not at all, 1 beyond doubt. Pure, and at home in any language unless it says otherwise. */
export type Detector = (document: DocumentShape) => number;

/** Turns a count into evidence: half at `half`, nearing 1. */
export function saturate(count: number, half: number): number {
  return count <= 0 ? 0 : count / (count + half);
}

/** Counts the lines that satisfy a test. */
export function countLines(document: DocumentShape, test: (line: DocumentShape["lines"][number]) => boolean): number {
  let count = 0;
  for (const line of document.lines) if (test(line)) count++;
  return count;
}

/** Counts the matches of a global expression, up to `limit`. */
export function countMatches(text: string, expression: RegExp, limit: number): number {
  expression.lastIndex = 0;
  let count = 0;
  while (count < limit && expression.exec(text) !== null) count++;
  return count;
}
