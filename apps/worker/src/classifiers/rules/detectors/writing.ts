import { Sign } from "../char-kinds.ts";
import { ANY_LINE, Trait, type DocumentShape } from "../document-shape.ts";
import {
  bitsOf,
  countLines,
  countMatches,
  matchesIn,
  nextLine,
  saturate,
  type Detector,
  type Probe,
} from "./detector.ts";

const TOP_LINES = 30;

export const citations: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (
    let line = nextLine(shape, CITATION, 0, end);
    line < end && count < 20;
    line = nextLine(shape, CITATION, line + 1, end)
  ) {
    // Round brackets cite by year.
    const isSure =
      ((shape.lineSigns[line] as number) & BRACKET) !== 0 ||
      ((shape.lineTraits[line] as number) & Trait.Citation) !== 0;
    if (!isSure && (shape.lineDigits[line] as number) < 4) continue;
    count += matchesIn(shape.lineText(line), CITATION.expression, 20 - count);
  }
  return saturate(count, 3);
};

export const questions: Detector = (shape) => {
  const { units, lineFrom, lineTo, lineCount } = shape;
  let count = 0;
  for (let line = 0; line < lineCount; line++) {
    const from = lineFrom[line] as number;
    let last = (lineTo[line] as number) - 1;
    if (last > from && isClosingQuote(units[last] as number)) last--;
    const unit = units[last] as number;
    // Greek asks with a semicolon.
    if (unit === 0x3b ? last > from && isGreek(units[last - 1] as number) : isQuestionMark(unit)) count++;
  }
  return saturate(count, 3);
};

export const exclamations: Detector = (shape) => saturate(Math.min(12, shape.exclamations), 2);

export const quotedSpeech: Detector = (shape) => saturate(countQuotations(shape, 6), 1);

export const dateline: Detector = (shape) => {
  const end = Math.min(TOP_LINES, shape.lineCount);
  for (const probe of [DATELINE, CJK_DATELINE])
    for (let line = nextLine(shape, probe, 0, end); line < end; line = nextLine(shape, probe, line + 1, end))
      if ((shape.lineWords[line] as number) >= 8 && probe.expression.test(shape.lineText(line))) return 1;
  return 0;
};

export const yearRanges: Detector = (shape) => saturate(countLines(shape, YEAR_RANGE, Infinity), 1.5);

export const numberedSteps: Detector = (shape) => {
  const end = shape.lineCount;
  let steps = 0;
  let expected = 1;
  for (let line = nextLine(shape, STEP, 0, end); line < end; line = nextLine(shape, STEP, line + 1, end)) {
    if ((shape.lineWords[line] as number) < 3) continue;
    const value = Number(STEP.expression.exec(shape.lineText(line))?.[1]);
    if (value === expected || value === 1) {
      steps++;
      expected = value + 1;
    }
  }
  return steps < 3 ? 0 : saturate(steps - 2, 3);
};

export const numberedHeadings: Detector = (shape) => {
  const end = shape.lineCount;
  const { units, lineFrom, lineDigits } = shape;
  let count = 0;
  for (let line = nextLine(shape, HEADING, 0, end); line < end; line = nextLine(shape, HEADING, line + 1, end)) {
    const first = units[lineFrom[line] as number] as number;
    if ((lineDigits[line] as number) > 4 || !(isDigit(first) || isRoman(first))) continue;
    if (HEADING.expression.test(shape.lineText(line))) count++;
  }
  return saturate(count, 3);
};

export const formulas: Detector = (shape) => saturate(countMatches(shape, FORMULA, 20), 4);

export const percentages: Detector = ({ numbers }) => {
  let count = 0;
  for (let index = 0; index < numbers.count; index++) if (numbers.isPercent(index)) count++;
  return saturate(count, 5);
};

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

function isClosingQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x201d || unit === 0xbb;
}

function isQuestionMark(unit: number): boolean {
  return unit === 0x3f || unit === 0xff1f || unit === 0x61f || unit === 0x37e;
}

function isGreek(unit: number): boolean {
  return (unit >= 0x370 && unit <= 0x3ff) || (unit >= 0x1f00 && unit <= 0x1fff);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isRoman(unit: number): boolean {
  return unit === 0x49 || unit === 0x56 || unit === 0x58;
}

const BRACKET = bitsOf(Sign.Bracket);
const QUOTING = bitsOf(Sign.Quote, Sign.Paren);
const CITATION: Probe = {
  signs: bitsOf(Sign.Bracket, Sign.Paren),
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
const STEP: Probe = {
  signs: 0,
  traits: Trait.NumberFirst,
  minDigits: 1,
  maxWords: 32,
  expression: /^(\d{1,2})(?:[.)、．]|\s?[–-])?\s?(?=[^\d\s.,:%])/,
};
const HEADING: Probe = {
  signs: ANY_LINE,
  traits: 0,
  minDigits: 1,
  maxWords: 9,
  expression: /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+[\p{Lu}\p{Lo}][^.!?]*$/u,
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
