import { isHeading } from "./is-heading.ts";
import { weigh, weightOfUnit } from "./token-ruler.ts";

export interface Excerpt {
  readonly text: string;
  /** Something of the document was left out. */
  readonly truncated: boolean;
}

const LEFT_OUT = "\n[…]\n";

// What a document is shows at its beginning, then in what its parts are called, then at its end.
const HEAD_SHARE = 0.65;
const TAIL_SHARE = 0.2;

/** As much of a text as `maxWeight` (see `weigh`) allows: all of it, or its head, the headings of its middle and its tail. */
export function takeExcerpt(text: string, maxWeight: number): Excerpt {
  if (weigh(text) <= maxWeight) return { text, truncated: false };
  const budget = Math.max(0, maxWeight - 2 * weigh(LEFT_OUT));
  const head = endOfHead(text, budget * HEAD_SHARE);
  const tail = startOfTail(text, head, budget * TAIL_SHARE);
  const middle = headings(text.slice(head, tail), budget * (1 - HEAD_SHARE - TAIL_SHARE));
  const parts = [text.slice(0, head).trimEnd(), middle, text.slice(tail).trimStart()].filter((part) => part !== "");
  return { text: parts.join(LEFT_OUT), truncated: true };
}

function endOfHead(text: string, budget: number): number {
  let end = 0;
  let weight = 0;
  while (end < text.length && weight + weightOfUnit(text.charCodeAt(end)) <= budget) {
    weight += weightOfUnit(text.charCodeAt(end));
    end += 1;
  }
  return splitsPair(text, end) ? end - 1 : end;
}

function startOfTail(text: string, from: number, budget: number): number {
  let start = text.length;
  let weight = 0;
  while (start > from && weight + weightOfUnit(text.charCodeAt(start - 1)) <= budget) {
    weight += weightOfUnit(text.charCodeAt(start - 1));
    start -= 1;
  }
  return splitsPair(text, start) ? start + 1 : start;
}

/** Whether a cut before this unit would part the halves of one sign. */
function splitsPair(text: string, index: number): boolean {
  if (index <= 0 || index >= text.length) return false;
  const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function headings(text: string, budget: number): string {
  const taken: string[] = [];
  let left = budget;
  // Where the head was cut, and where the tail was, lines are halves.
  for (const line of text.split("\n").slice(1, -1)) {
    const heading = line.trim();
    if (!isHeading(heading)) continue;
    const weight = weigh(heading) + weightOfUnit(0x0a);
    if (weight > left) break;
    left -= weight;
    taken.push(heading);
  }
  return taken.join("\n");
}
