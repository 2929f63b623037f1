import type { FoundNumber } from "../scan-numbers.ts";
import { countLines, saturate, type Detector } from "./detector.ts";

// 80 mm rolls are 227 pt wide, 58 mm ones 164 pt, tickets up to 105 mm; A6 is 298 pt.
const NARROW_PT = 290;

export const narrowPage: Detector = ({ input }) => {
  const [first] = input.pages;
  return first !== undefined && first.widthPt > 0 && first.widthPt <= NARROW_PT && first.heightPt > first.widthPt
    ? 1
    : 0;
};

export const slides: Detector = (document) => {
  const pages = document.input.pages;
  if (pages.length === 0 || !pages.every((page) => page.widthPt > page.heightPt * 1.2)) return 0;
  const wordsPerPage = document.words / pages.length;
  if (wordsPerPage > 220) return 0;
  return (wordsPerPage < 90 ? 1 : 0.6) * (document.input.pageCount > 1 ? 1 : 0.5);
};

export const sparsePages: Detector = ({ words, input }) => {
  if (input.pages.length < 3) return 0;
  const perPage = words / input.pages.length;
  return perPage < 45 ? 1 : perPage < 90 ? 0.6 : 0;
};

export const prose: Detector = (document) => {
  // A paragraph is one long line, or full lines one under another, as extractors keep the line breaks of the page.
  let inProse = 0;
  let previousLong = false;
  for (const line of document.lines) {
    const long = line.words >= 9 && line.numbersTo - line.numbersFrom <= 3;
    if (line.words >= 30 || (long && previousLong)) inProse += line.words;
    previousLong = long;
  }
  return document.words < 40 ? 0 : Math.min(1, (inProse / document.words) * 1.3);
};

export const bullets: Detector = (document) =>
  saturate(
    countLines(document, (line) => BULLET.test(line.text)),
    5,
  );

export const numberTables: Detector = (document) =>
  saturate(
    countLines(document, (line) => {
      const count = line.numbersTo - line.numbersFrom;
      return (
        count >= 2 &&
        line.words <= 22 &&
        count * 2.5 >= line.words &&
        (document.numbers[line.numbersTo - 1] as FoundNumber).end >= line.text.length - 3
      );
    }),
    4,
  );

const BULLET = /^(?:[•‣▪▸►◦●○■–—·❖➢✓✔*-]|\uf0b7)(?:\s|$)/;
