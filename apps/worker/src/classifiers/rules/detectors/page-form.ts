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

export const prose: Detector = ({ words, wordsInProse }) =>
  words < 40 ? 0 : Math.min(1, (wordsInProse / words) * 1.3);

export const bullets: Detector = (shape) => saturate(shape.bullets, 5);

export const numberTables: Detector = (shape) => saturate(shape.numberRows, 4);
