import { Sign } from "../char-kinds.ts";
import type { DocumentShape } from "../document-shape.ts";
import { Trait } from "../trait.ts";
import { bitsOf, countMatches, matchesIn, nextLine, saturate, type Detector, type Probe } from "./detector.ts";
import { beginsHeading } from "./numbering.ts";
import { isBlank, isDigit } from "../line-edges.ts";

const TOP_LINES = 30;

export const citations: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (
    let line = nextLine(shape, CITATION, 0, end);
    line < end && count < 20;
    line = nextLine(shape, CITATION, line + 1, end)
  ) {
    const traits = shape.lineTraits[line] as number;
    // Round brackets cite by year, or by volume and page.
    if ((traits & Trait.Citation) === 0 && ((shape.lineDigits[line] as number) < 4 || (traits & BY_NUMBER) === 0))
      continue;
    count += matchesIn(shape.lineText(line), CITATION.expression, 20 - count);
  }
  return saturate(count, 3);
};

export const questions: Detector = (shape) => saturate(shape.questions, 3);

export const exclamations: Detector = (shape) => saturate(Math.min(12, shape.exclamations), 2);

export const quotedSpeech: Detector = (shape) => saturate(countQuotations(shape, 6), 1);

export const dateline: Detector = (shape) => {
  const end = Math.min(TOP_LINES, shape.lineCount);
  for (const probe of [DATELINE, CJK_DATELINE])
    for (let line = nextLine(shape, probe, 0, end); line < end; line = nextLine(shape, probe, line + 1, end))
      if ((shape.lineWords[line] as number) >= 8 && probe.expression.test(shape.lineText(line))) return 1;
  return 0;
};

export const yearRanges: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (let line = nextLine(shape, YEAR_RANGE, 0, end); line < end; line = nextLine(shape, YEAR_RANGE, line + 1, end)) {
    const spans =
      ((shape.lineSigns[line] as number) & SPANS) !== 0 || ((shape.lineTraits[line] as number) & SPAN_WORDS) !== 0;
    if (spans && YEAR_RANGE.expression.test(shape.lineText(line))) count++;
  }
  return saturate(count, 1.5);
};

export const numberedSteps: Detector = (shape) => {
  const { units, lineFrom, lineTraits, lineWords, lineCount } = shape;
  if ((shape.traits & Trait.NumberFirst) === 0) return 0;
  let steps = 0;
  let expected = 1;
  for (let line = 0; line < lineCount; line++) {
    if (((lineTraits[line] as number) & Trait.NumberFirst) === 0) continue;
    const words = lineWords[line] as number;
    if (words < 3 || words > 32 || !isStep(shape, line)) continue;
    const from = lineFrom[line] as number;
    const value = stepNumber(units[from] as number, units[from + 1] as number);
    if (value === expected || value === 1) {
      steps++;
      expected = value + 1;
    }
  }
  return steps < 3 ? 0 : saturate(steps - 2, 3);
};

/** Two digits at most, perhaps a stop, bracket or dash, and then text. */
function isStep({ units, lineFrom, lineTo }: DocumentShape, line: number): boolean {
  const from = lineFrom[line] as number;
  const to = lineTo[line] as number;
  if (!isDigit(units[from] as number)) return false;
  let at = from + (isDigit(units[from + 1] as number) ? 2 : 1);
  if (at < to && isStepSign(units[at] as number)) at++;
  else {
    const dash = isBlank(units[at] as number) ? at + 1 : at;
    if (dash < to && (units[dash] === 0x2013 || units[dash] === 0x2d)) at = dash + 1;
  }
  if (at < to && isBlank(units[at] as number)) at++;
  return at < to && !isNumeric(units[at] as number);
}

/** . ) 、 ． */
function isStepSign(unit: number): boolean {
  return unit === 0x2e || unit === 0x29 || unit === 0x3001 || unit === 0xff0e;
}

/** What goes on a number, or a blank. */
function isNumeric(unit: number): boolean {
  return isDigit(unit) || isBlank(unit) || unit === 0x2e || unit === 0x2c || unit === 0x3a || unit === 0x25;
}

function stepNumber(first: number, second: number): number {
  return isDigit(second) ? (first - 0x30) * 10 + second - 0x30 : first - 0x30;
}

export const numberedHeadings: Detector = (shape) => {
  const { lineDigits, lineWords, lineCount } = shape;
  let count = 0;
  for (let line = 0; line < lineCount; line++) {
    const digits = lineDigits[line] as number;
    if (digits > 0 && digits <= 4 && (lineWords[line] as number) <= 9 && isNumberedHeading(shape, line)) count++;
  }
  return saturate(count, 3);
};

/** `2.1 Methods`, `IV. 3 Results`: numbering of up to four levels or a Roman numeral, blanks, and a heading without an end of a sentence. */
function isNumberedHeading(shape: DocumentShape, line: number): boolean {
  const { units } = shape;
  const from = shape.lineFrom[line] as number;
  const to = shape.lineTo[line] as number;
  let at = numberingEnd(units, from, to);
  if (at === -1 || at >= to || !isBlank(units[at] as number)) return false;
  while (at < to && isBlank(units[at] as number)) at++;
  if (at === to || !beginsHeading(units[at] as number)) return false;
  for (; at < to; at++) if (endsSentence(units[at] as number)) return false;
  return true;
}

function numberingEnd(units: Uint16Array, from: number, to: number): number {
  let at = from;
  while (at < to && at - from < 5 && isRoman(units[at] as number)) at++;
  if (at > from) return at - from <= 4 && units[at] === 0x2e ? at + 1 : -1;
  for (let level = 0; level < 4; level++) {
    if (!isDigit(units[at] as number)) return level === 0 ? -1 : at;
    at += isDigit(units[at + 1] as number) ? 2 : 1;
    if (isDigit(units[at] as number)) return -1;
    if (units[at] !== 0x2e) return at;
    at++;
  }
  return at;
}

/** . ! ? */
function endsSentence(unit: number): boolean {
  return unit === 0x2e || unit === 0x21 || unit === 0x3f;
}

export const formulas: Detector = (shape) => saturate(countMatches(shape, FORMULA, 20), 4);

export const percentages: Detector = ({ numbers }) => saturate(numbers.percent, 5);

/** Quotations of 24 to 400 signs whose first 24 stand on one line. */
function countQuotations(shape: DocumentShape, limit: number): number {
  if ((shape.signs & QUOTING) === 0) return 0;
  const { units, lineSigns, lineFrom, lineTo, lineCount } = shape;
  const textEnd = lineCount === 0 ? 0 : (lineTo[lineCount - 1] as number);
  let count = 0;
  let free = 0;
  for (let line = 0; line < lineCount && count < limit; line++) {
    if (((lineSigns[line] as number) & QUOTING) === 0) continue;
    const to = lineTo[line] as number;
    for (let index = Math.max(free, lineFrom[line] as number); index + 24 < to && count < limit; index++) {
      if (!isOpeningQuote(units[index] as number)) continue;
      const end = Math.min(textEnd, index + 402);
      let close = index + 1;
      while (close < end && !endsQuotation(units[close] as number)) close++;
      if (close < end && close - index > 24 && units[close] !== LOW_QUOTE) {
        count++;
        index = close;
        free = close + 1;
      } else index = Math.min(close, to) - 1;
    }
  }
  return count;
}

const LOW_QUOTE = 0x201e;

/** “ „ « » " 「 『 */
function isOpeningQuote(unit: number): boolean {
  return unit < 0x2000
    ? unit === 0x22 || unit === 0xab || unit === 0xbb
    : unit === 0x201c || unit === LOW_QUOTE || unit === 0x300c || unit === 0x300e;
}

/** “ ” „ « » " 」 』: none of them stands inside a quotation. */
function endsQuotation(unit: number): boolean {
  return unit < 0x2000
    ? unit === 0x22 || unit === 0xab || unit === 0xbb
    : unit === 0x201c || unit === 0x201d || unit === LOW_QUOTE || unit === 0x300d || unit === 0x300f;
}

function isRoman(unit: number): boolean {
  return unit === 0x49 || unit === 0x56 || unit === 0x58;
}

const SPANS = bitsOf(Sign.Dash, Sign.Hyphen, Sign.Tilde, Sign.Math);
const SPAN_WORDS = Trait.Range | Trait.Caseless;
const BY_NUMBER = Trait.Year | Trait.DigitInParens;
const QUOTING = bitsOf(Sign.Quote, Sign.Paren);
const CITATION: Probe = {
  signs: bitsOf(Sign.Paren),
  traits: Trait.Citation,
  minDigits: 0,
  maxWords: Infinity,
  expression:
    /\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\b(?:et al|ibid|cf)\b\.?|\bdoi\b|\barXiv\b|[(（]\p{Lu}[\p{L}'’. &]{1,40},? (?:19|20)\d\d[a-z]?[)）]|\((?:19|20)\d\d[a-z]?\)|\b\d{1,3} ?\(\d{1,2}\)[,:] ?\d+ ?[–-] ?\d+|\(\d{4}\), \d+[–-]\d+|\[[JMDC]\]/gu,
};
const YEAR_RANGE: Probe = {
  signs: 0,
  traits: Trait.Year,
  minDigits: 4,
  maxWords: 30,
  expression:
    /(?<!\d)(?:19|20)\d\d(?:[./年년](?:\s?\d{1,2}[月월]?)?)?\s{0,2}(?:–|-|—|−|to|bis|à|a|al|do|till|til|tot|e|до|по|~|～|〜|至|から|부터|إلى|עד|έως)\s{0,2}(?:(?:(?:0?[1-9]|1[0-2])[./]|[^\d\s]{3,10}\.? )?(?:19|20)\d\d|present|now|today|date|heute|aujourd|présent|ce jour|actual|presente|oggi|hoje|atual|heden|nu\b|nå\b|obecnie|dziś|teraz|současn|dosud|nyt|настоящ|н\.\s?в|σήμερα|günümüz|halen|现在|至今|現在|今|현재|الآن|حتى|היום|kesken|prezent)|(?<=(?:depuis|seit|since|desde|dal|sinds|sedan|siden|od|с)\s(?:(?:0?[1-9]|1[0-2])[./])?)(?:19|20)\d\d/iu,
};
const FORMULA: Probe = {
  signs: bitsOf(Sign.Equals, Sign.Math),
  traits: 0,
  minDigits: 0,
  maxWords: Infinity,
  expression: /[∑∫∂√≤≥≠≈±∈∀∃]|\b[a-zA-Z]\s?=\s?[-\d(a-zA-Z]|\bp\s?[<=>]\s?0?\.\d|\bR2\b|\bn\s?=\s?\d/g,
};
const DATELINE: Probe = {
  signs: bitsOf(Sign.Dash),
  traits: 0,
  minDigits: 1,
  maxWords: Infinity,
  expression:
    /^[\p{Lu}\p{Lo}][\p{L}\s.'’/-]{1,36}[,，、(（]?\s?[(（]?[^–—\n]{0,24}(?:19|20|٢٠|平|令)?[\d٠-٩]{1,4}[^–—\n]{0,22}\s?[–—]{1,2}\s?\S/u,
};
const CJK_DATELINE: Probe = {
  signs: 0,
  traits: Trait.Caseless,
  minDigits: 1,
  maxWords: Infinity,
  expression: /^[（(【［]?[^\s\d]{1,12}[、,，\s]?\s?(?:\d{4}年)?\d{1,2}月\d{1,2}日[）)】］]?/u,
};
