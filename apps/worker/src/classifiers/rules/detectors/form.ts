import { Sign } from "../document-shape.ts";
import { countLines, countMatches, saturate, type Detector } from "./detector.ts";

export const blankFields: Detector = ({ text, signs }) =>
  signs[Sign.Rule] === 0 && signs[Sign.Bracket] === 0 && !text.includes("........")
    ? 0
    : saturate(countMatches(text, BLANK, 20), 3);

export const checkboxes: Detector = ({ text, signs }) =>
  signs[Sign.Box] === 0 && signs[Sign.Bracket] === 0 && signs[Sign.Paren] === 0
    ? 0
    : saturate(countMatches(text, BOX, 12), 2);

export const labelValues: Detector = (document) => {
  const short = countLines(document, (line) => line.words > 0 && line.words <= 16);
  const pairs = countLines(document, (line) => line.words >= 1 && line.words <= 14 && PAIR.test(line.text));
  return short === 0 ? 0 : Math.min(1, saturate(pairs, 3) * Math.min(1, 0.4 + pairs / short));
};

const BLANK = /_{4,}|\.{8,}|…{3,}|(?:_ ){4,}|\[\s{2,}\]/g;
const BOX = /[☐☑☒□◻▢⬜❏❑]|\[[ xX]\](?!\()|\(\s\)|\uf0a8|\uf06f|\uf071/g;
const PAIR = /^[^\d\t:：][^\t:：]{1,40}(?:\t|[:：]\s?)\s*\S[^\t]{0,60}$|^[^\t:：]{2,50}\s?\*(?:\s|$)/;
