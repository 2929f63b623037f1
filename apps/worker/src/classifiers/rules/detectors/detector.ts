import type { DocumentShape } from "../document-shape.ts";

/** Answers how plainly a document shows one kind of structure: 0 not at all, 1 beyond doubt. Pure, and at home in any language unless it says otherwise. */
export type Detector = (shape: DocumentShape) => number;

/** An expression, and the lines worth running it over: those with any of the signs or traits, digits and words enough and not too many. */
export interface Probe {
  readonly signs: number;
  readonly traits: number;
  readonly minDigits: number;
  readonly maxWords: number;
  readonly expression: RegExp;
}

/** Turns a count into evidence: half at `half`, nearing 1. */
export function saturate(count: number, half: number): number {
  return count <= 0 ? 0 : count / (count + half);
}

/** The bits of some signs. */
export function bitsOf(...signs: readonly number[]): number {
  return signs.reduce((bits, sign) => bits | (1 << sign), 0);
}

/** The first line from `from` on and before `to` that a probe is worth running over, or `to`. */
export function nextLine(shape: DocumentShape, probe: Probe, from: number, to: number): number {
  const { signs, traits, minDigits, maxWords } = probe;
  if ((shape.signs & signs) === 0 && (shape.traits & traits) === 0) return to;
  const { lineSigns, lineTraits, lineDigits, lineWords } = shape;
  for (let line = from; line < to; line++) {
    if (((lineSigns[line] as number) & signs) === 0 && ((lineTraits[line] as number) & traits) === 0) continue;
    if ((lineDigits[line] as number) >= minDigits && (lineWords[line] as number) <= maxWords) return line;
  }
  return to;
}

/** Counts the lines that match, up to `limit`, among those before `to`. */
export function countLines(shape: DocumentShape, probe: Probe, limit: number, from = 0, to = shape.lineCount): number {
  let count = 0;
  for (let line = nextLine(shape, probe, from, to); line < to; line = nextLine(shape, probe, line + 1, to))
    if (probe.expression.test(shape.lineText(line)) && ++count >= limit) break;
  return count;
}

/** Counts the matches of a global expression on all lines, up to `limit`. */
export function countMatches(shape: DocumentShape, probe: Probe, limit: number): number {
  let count = 0;
  const end = shape.lineCount;
  for (
    let line = nextLine(shape, probe, 0, end);
    line < end && count < limit;
    line = nextLine(shape, probe, line + 1, end)
  )
    count += matchesIn(shape.lineText(line), probe.expression, limit - count);
  return count;
}

/** Counts the matches of a global expression in a text, up to `limit`. */
export function matchesIn(text: string, expression: RegExp, limit: number): number {
  expression.lastIndex = 0;
  let count = 0;
  while (count < limit && expression.test(text)) count++;
  return count;
}
