import { Sign } from "../char-kinds.ts";
import { Trait } from "../document-shape.ts";
import { bitsOf, countMatches, nextLine, saturate, type Detector, type Probe } from "./detector.ts";

export const blankFields: Detector = (shape) => saturate(countMatches(shape, BLANK, 20), 3);

export const checkboxes: Detector = (shape) => saturate(countMatches(shape, BOX, 12), 2);

export const labelValues: Detector = (shape) => {
  const { lineWords, lineCount } = shape;
  let pairs = 0;
  for (
    let line = nextLine(shape, PAIR, 0, lineCount);
    line < lineCount;
    line = nextLine(shape, PAIR, line + 1, lineCount)
  )
    if ((lineWords[line] as number) >= 1 && PAIR.expression.test(shape.lineText(line))) pairs++;
  if (pairs === 0) return 0;
  let short = 0;
  for (let line = 0; line < lineCount; line++)
    if ((lineWords[line] as number) > 0 && (lineWords[line] as number) <= 16) short++;
  return Math.min(1, saturate(pairs, 3) * Math.min(1, 0.4 + pairs / short));
};

const BLANK: Probe = {
  signs: bitsOf(Sign.Rule, Sign.Bracket),
  traits: Trait.Dots,
  minDigits: 0,
  maxWords: Infinity,
  expression: /_{4,}|\.{8,}|…{3,}|(?:_ ){4,}|\[\s{2,}\]/g,
};
const BOX: Probe = {
  signs: bitsOf(Sign.Box, Sign.Bracket),
  traits: Trait.EmptyParens,
  minDigits: 0,
  maxWords: Infinity,
  expression: /[☐☑☒□◻▢⬜❏❑]|\[[ xX]\](?!\()|\(\s\)|\uf0a8|\uf06f|\uf071/g,
};
const PAIR: Probe = {
  signs: bitsOf(Sign.Colon, Sign.Tab, Sign.Mask),
  traits: 0,
  minDigits: 0,
  maxWords: 14,
  expression: /^[^\d\t:：][^\t:：]{1,40}(?:\t|[:：]\s?)\s*\S[^\t]{0,60}$|^[^\t:：]{2,50}\s?\*(?:\s|$)/,
};
