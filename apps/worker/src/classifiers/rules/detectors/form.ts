import { Sign } from "../char-kinds.ts";
import type { DocumentShape } from "../document-shape.ts";
import { Trait } from "../trait.ts";
import { isBlank, isDigit } from "../line-edges.ts";
import { bitsOf, countMatches, saturate, type Detector, type Probe } from "./detector.ts";

export const blankFields: Detector = (shape) => saturate(countMatches(shape, BLANK, 20), 3);

export const checkboxes: Detector = (shape) => saturate(countMatches(shape, BOX, 12), 2);

export const labelValues: Detector = (shape) => {
  const { lineSigns, lineWords, lineCount } = shape;
  if ((shape.signs & LABEL_SIGNS) === 0) return 0;
  let pairs = 0;
  for (let line = 0; line < lineCount; line++) {
    if (((lineSigns[line] as number) & LABEL_SIGNS) === 0) continue;
    const words = lineWords[line] as number;
    if (words >= 1 && words <= 14 && isPair(shape, line)) pairs++;
  }
  return pairs === 0 ? 0 : Math.min(1, saturate(pairs, 3) * Math.min(1, 0.4 + pairs / shape.shortLines));
};

/** A label of 2 to 41 signs, a colon or tab, and a value of up to 61 signs in one cell; or a label marked by an asterisk. */
function isPair({ units, lineFrom, lineTo }: DocumentShape, line: number): boolean {
  const from = lineFrom[line] as number;
  const to = lineTo[line] as number;
  const end = Math.min(to, from + MAX_LABEL + 1);
  let at = from;
  while (at < end && !isMarkOfLabel(units[at] as number)) at++;
  if (at === end || at - from < 2) return false;
  if (units[at] === ASTERISK) return at + 1 === to || isBlank(units[at + 1] as number);
  if (isDigit(units[from] as number) || at - from > MAX_LABEL - 9) return false;
  let value = at + 1;
  while (value < to && isBlank(units[value] as number)) value++;
  if (value === to || to - value > MAX_VALUE) return false;
  for (let index = value; index < to; index++) if (units[index] === TAB) return false;
  return true;
}

const MAX_LABEL = 50;
const MAX_VALUE = 61;
const ASTERISK = 0x2a;
const TAB = 0x09;

function isMarkOfLabel(unit: number): boolean {
  return unit === 0x3a || unit === TAB || unit === ASTERISK || unit === 0xff1a;
}

const BLANK: Probe = {
  signs: 0,
  traits: Trait.Blank,
  minDigits: 0,
  maxWords: Infinity,
  expression: /_{4,}|\.{8,}|…{3,}|(?:_ ){4,}|\[\s{2,}\]/g,
};
const BOX: Probe = {
  signs: bitsOf(Sign.Box),
  traits: Trait.Box,
  minDigits: 0,
  maxWords: Infinity,
  expression: /[☐☑☒□◻▢⬜❏❑]|\[[ xX]\](?!\()|\(\s\)|\uf0a8|\uf06f|\uf071/g,
};
const LABEL_SIGNS = bitsOf(Sign.Colon, Sign.Tab, Sign.Mask);
