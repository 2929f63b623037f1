import { charKind, DIGIT, EXPANDS, LETTER, MARK, SINGLE } from "./char-table.ts";
import type { ClassifierInput } from "./classifier-input.ts";
import { scanNumbers, type FoundNumber } from "./scan-numbers.ts";

/** One line of text and what can be told of it at a glance. */
export interface Line {
  readonly text: string;
  /** Index of its page in the input. */
  readonly page: number;
  /** Words; a sign of a script without spaces counts half. */
  readonly words: number;
  readonly digits: number;
  /** Numbers on the line, as a range of the document's `numbers`. */
  readonly numbersFrom: number;
  readonly numbersTo: number;
  /** No line of text, or a blank one, stands before it on its page. */
  readonly opens: boolean;
}

/** Signs whose presence decides cheaply whether a detector's expression is worth running. */
export const Sign = {
  Equals: 1,
  Quote: 2,
  Question: 3,
  Exclamation: 4,
  Bracket: 5,
  Paren: 6,
  Dash: 7,
  Mask: 8,
  Rule: 9,
  Box: 10,
  Colon: 11,
  Math: 12,
  Slash: 13,
  Tab: 14,
} as const;

const signOf = new Uint8Array(0x10000);
for (const [signs, kind] of [
  ["=＝", Sign.Equals],
  ['“„«「『"', Sign.Quote],
  ["?？؟;", Sign.Question],
  ["!！", Sign.Exclamation],
  ["[]", Sign.Bracket],
  ["()（）「」", Sign.Paren],
  ["–—", Sign.Dash],
  ["*•#·", Sign.Mask],
  ["_…", Sign.Rule],
  ["☐☑☒□◻▢⬜❏❑\uf0a8\uf06f\uf071", Sign.Box],
  [":：", Sign.Colon],
  ["∑∫∂√≤≥≠≈±×÷∈∀∃<>", Sign.Math],
  ["/", Sign.Slash],
  ["\t", Sign.Tab],
] as const) {
  for (const sign of signs) signOf[sign.charCodeAt(0)] = kind;
}

/** A document reduced to what structural evidence looks at; made once, read by every detector. */
export interface DocumentShape {
  readonly input: ClassifierInput;
  readonly lines: readonly Line[];
  readonly numbers: readonly FoundNumber[];
  readonly words: number;
  /** How often each `Sign` occurs. */
  readonly signs: Int32Array;
  /** All of the pages' text, for detectors that look for signs anywhere. */
  readonly text: string;
}

/** Text beyond this is not read: labels are decided long before, and one document must not hold up its neighbours. */
const MAX_CHARS = 48_000;
/** A longer line is read in pieces: no expression is run over more than this at a time. */
const MAX_LINE_CHARS = 2_000;

/** Splits a document into lines with their counts. Leading and trailing blanks are cut, empty lines dropped (they mark paragraphs). */
export function shapeDocument(input: ClassifierInput): DocumentShape {
  const lines: Line[] = [];
  const numbers: FoundNumber[] = [];
  const signs = new Int32Array(16);
  let totalWords = 0;
  let budget = MAX_CHARS;
  input.pages.forEach((page, pageIndex) => {
    if (page.verdict === "garbled") return;
    const text = page.text.length > budget ? page.text.slice(0, budget) : page.text;
    budget -= text.length;
    let from = 0;
    let opens = true;
    while (from < text.length) {
      let to = text.indexOf("\n", from);
      if (to === -1) to = text.length;
      to = Math.min(to, from + MAX_LINE_CHARS);
      let start = from;
      let end = to;
      while (start < end && text.charCodeAt(start) <= 0x20) start++;
      while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
      from = text.charCodeAt(to) === 0x0a ? to + 1 : to;
      if (start === end) {
        opens = true;
        continue;
      }
      const line = text.slice(start, end);
      const numbersFrom = numbers.length;
      const { words, digits } = countLine(line, signs);
      if (digits > 0) scanNumbers(line, numbers);
      lines.push({ text: line, page: pageIndex, words, digits, numbersFrom, numbersTo: numbers.length, opens });
      totalWords += words;
      opens = false;
    }
  });
  let text = input.pages[0]?.text ?? "";
  for (let page = 1; page < input.pages.length; page++) text += `\n${input.pages[page]?.text ?? ""}`;
  return {
    input,
    lines,
    numbers,
    words: totalWords,
    signs,
    text: text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text,
  };
}

function countLine(line: string, signs: Int32Array): { words: number; digits: number } {
  let words = 0;
  let digits = 0;
  let inside = false;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    switch (charKind[code]) {
      case LETTER:
      case EXPANDS:
        if (!inside) words++;
        inside = true;
        break;
      case DIGIT:
        if (!inside) words++;
        inside = true;
        digits++;
        break;
      case SINGLE:
        words += 0.5;
        inside = false;
        break;
      case MARK:
        break;
      default:
        inside = false;
        // Slot 0 counts all that is no sign.
        (signs[signOf[code] as number] as number) += 1;
    }
  }
  return { words, digits };
}
