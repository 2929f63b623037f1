import { Sign } from "../document-shape.ts";
import { countLines, countMatches, saturate, type Detector } from "./detector.ts";

export const citations: Detector = ({ text, signs }) =>
  signs[Sign.Bracket] === 0 && signs[Sign.Paren] === 0 && !ABBREVIATION.test(text)
    ? 0
    : saturate(countMatches(text, CITATION, 20), 3);

export const questions: Detector = (document) =>
  document.signs[Sign.Question] === 0
    ? 0
    : saturate(
        countLines(document, (line) => QUESTION.test(line.text)),
        3,
      );

export const exclamations: Detector = ({ signs }) => saturate(Math.min(12, signs[Sign.Exclamation] as number), 2);

export const quotedSpeech: Detector = ({ text, signs }) =>
  signs[Sign.Quote] === 0 ? 0 : saturate(countMatches(text, QUOTE, 6), 1);

export const dateline: Detector = ({ lines }) =>
  lines
    .slice(0, 30)
    .some((line) => line.words >= 8 && line.digits >= 1 && DASH_OR_CJK_DATE.test(line.text) && DATELINE.test(line.text))
    ? 1
    : 0;

export const yearRanges: Detector = (document) =>
  saturate(
    countLines(
      document,
      (line) => line.digits >= 4 && line.words <= 30 && YEAR.test(line.text) && YEAR_RANGE.test(line.text),
    ),
    1.5,
  );

export const numberedSteps: Detector = (document) => {
  let steps = 0;
  let expected = 1;
  for (const line of document.lines) {
    if (line.digits === 0) continue;
    const found = STEP.exec(line.text);
    if (found === null || line.words > 32 || line.words < 3) continue;
    const value = Number(found[1]);
    if (value === expected || value === 1) {
      steps++;
      expected = value + 1;
    }
  }
  return steps < 3 ? 0 : saturate(steps - 2, 3);
};

export const numberedHeadings: Detector = (document) =>
  saturate(
    countLines(
      document,
      (line) => line.digits > 0 && line.digits <= 4 && line.words <= 9 && NUMBERED_HEADING.test(line.text),
    ),
    3,
  );

export const formulas: Detector = ({ text, signs }) =>
  signs[Sign.Equals] === 0 && signs[Sign.Math] === 0 ? 0 : saturate(countMatches(text, FORMULA, 20), 4);

export const percentages: Detector = ({ numbers }) => saturate(numbers.filter((number) => number.percent).length, 5);

const ABBREVIATION = /et al|ibid|doi|arXiv/;
const CITATION =
  /\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]|\b(?:et al|ibid|cf)\b\.?|\bdoi\b|\barXiv\b|[(（]\p{Lu}[\p{L}'’. &]{1,40},? (?:19|20)\d\d[a-z]?[)）]|\((?:19|20)\d\d[a-z]?\)|\b\d{1,3} ?\(\d{1,2}\)[,:] ?\d+ ?[–-] ?\d+|\(\d{4}\), \d+[–-]\d+|\[[JMDC]\]/gu;
const QUESTION = /[?？؟;](?:["”»]?)$/;
const QUOTE = /[“„«"「『»](?=[^“”„«»"」』\n]{24,})[^“”„«»"」』]{24,400}[”“»"」』«]/g;
// Cheap first: the full expression backtracks over every line without a dash.
const DASH_OR_CJK_DATE = /[–—月]/;
const DATELINE =
  /^[\p{Lu}\p{Lo}][\p{L}\s.'’/-]{1,36}[,，、(（]?\s?[(（]?[^–—\n]{0,24}(?:19|20|٢٠|平|令)?[\d٠-٩]{1,4}[^–—\n]{0,22}\s?[–—]{1,2}\s?\S|^[（(【［]?[^\s\d]{1,12}[、,，\s]?\s?(?:\d{4}年)?\d{1,2}月\d{1,2}日[）)】］]?/u;
const YEAR = /(?:19|20)\d\d/;
const YEAR_RANGE =
  /(?:^|[^\d])(?:(?:0?[1-9]|1[0-2])[./]|[^\d\s]{3,10}\.? )?(?:19|20)\d\d(?:[./年년](?:\s?\d{1,2}[月월]?)?)?\s{0,2}(?:–|-|—|−|to|bis|à|a|al|do|till|til|tot|e|до|по|~|～|〜|至|から|부터|إلى|עד|έως)\s{0,2}(?:(?:(?:0?[1-9]|1[0-2])[./]|[^\d\s]{3,10}\.? )?(?:19|20)\d\d|present|now|today|date|heute|aujourd|présent|ce jour|actual|presente|oggi|hoje|atual|heden|nu\b|nå\b|obecnie|dziś|teraz|současn|dosud|nyt|настоящ|н\.\s?в|σήμερα|günümüz|halen|现在|至今|現在|今|현재|الآن|حتى|היום|kesken|prezent)|(?:depuis|seit|since|desde|dal|sinds|sedan|siden|od|с)\s(?:(?:0?[1-9]|1[0-2])[./])?(?:19|20)\d\d/iu;
const STEP = /^(\d{1,2})(?:[.)、．]|\s?[–-])?\s?(?=[^\d\s.,:%])/;
const NUMBERED_HEADING = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.)\s+[\p{Lu}\p{Lo}][^.!?]*$/u;
const FORMULA = /[∑∫∂√≤≥≠≈±∈∀∃]|\b[a-zA-Z]\s?=\s?[-\d(a-zA-Z]|\bp\s?[<=>]\s?0?\.\d|\bR2\b|\bn\s?=\s?\d/g;
