import { charClass } from "../char-classes.ts";
import { KIND_BITS, SEPARATOR } from "../char-kinds.ts";
import { saturate, type Detector } from "./detector.ts";

// 80 mm rolls are 227 pt wide, 58 mm ones 164 pt, tickets up to 105 mm; A6 is 298 pt.
const NARROW_PT = 290;

export const narrowPage: Detector = ({ input }) => {
  const [first] = input.pages;
  return first !== undefined && first.widthPt > 0 && first.widthPt <= NARROW_PT && first.heightPt > first.widthPt
    ? 1
    : 0;
};

export const slides: Detector = ({ input, words }) => {
  const { pages } = input;
  if (pages.length === 0 || !pages.every((page) => page.widthPt > page.heightPt * 1.2)) return 0;
  const wordsPerPage = words / pages.length;
  if (wordsPerPage > 220) return 0;
  return (wordsPerPage < 90 ? 1 : 0.6) * (input.pageCount > 1 ? 1 : 0.5);
};

export const sparsePages: Detector = ({ input, words }) => {
  if (input.pages.length < 3) return 0;
  const perPage = words / input.pages.length;
  return perPage < 45 ? 1 : perPage < 90 ? 0.6 : 0;
};

export const prose: Detector = (shape) => {
  // A paragraph is one long line, or full lines one under another, as extractors keep the line breaks of the page.
  const { lineWords, lineCount } = shape;
  let inProse = 0;
  let previousLong = false;
  for (let line = 0; line < lineCount; line++) {
    const words = lineWords[line] as number;
    const long = words >= 9 && shape.numbersOn(line) <= 3;
    if (words >= 30 || (long && previousLong)) inProse += words;
    previousLong = long;
  }
  return shape.words < 40 ? 0 : Math.min(1, (inProse / shape.words) * 1.3);
};

export const bullets: Detector = ({ units, lineFrom, lineTo, lineCount }) => {
  let count = 0;
  for (let line = 0; line < lineCount; line++) {
    const from = lineFrom[line] as number;
    const first = units[from] as number;
    if (((charClass[first] as number) & KIND_BITS) !== SEPARATOR || !BULLETS.has(first)) continue;
    const isAlone = (lineTo[line] as number) - from === 1;
    if (isAlone || isBlank(units[from + 1] as number)) count++;
  }
  return saturate(count, 5);
};

export const numberTables: Detector = (shape) => {
  const { numbers, lineNumbers, lineWords, lineTo, lineCount } = shape;
  let rows = 0;
  for (let line = 0; line < lineCount; line++) {
    const count = shape.numbersOn(line);
    const words = lineWords[line] as number;
    if (count < 2 || words > 22 || count * 2.5 < words) continue;
    const last = (lineNumbers[line + 1] as number) - 1;
    if ((numbers.ends[last] as number) >= (lineTo[line] as number) - 3) rows++;
  }
  return saturate(rows, 4);
};

const BULLETS: ReadonlySet<number> = new Set(Array.from("•‣▪▸►◦●○■–—·❖➢✓✔*-\uf0b7", (sign) => sign.charCodeAt(0)));

function isBlank(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x202f;
}
