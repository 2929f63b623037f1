import { Sign } from "../char-kinds.ts";
import type { DocumentShape } from "../document-shape.ts";
import { Trait } from "../trait.ts";
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

export const referenceRanges: Detector = (shape) => saturate(countLines(shape, RANGE, Infinity), 2);

export const doseUnits: Detector = (shape) => saturate(countMatches(shape, DOSE, 20), 3);

export const technicalUnits: Detector = (shape) => saturate(countMatches(shape, TECHNICAL, 20), 4);

export const peopleList: Detector = (shape) => Math.min(1, listsOfPeople(shape) * 0.5);

export const clockTimes: Detector = (shape) => saturate(countMatches(shape, CLOCK, 8), 1.5);

function listsOfPeople(shape: DocumentShape): number {
  const end = shape.lineCount;
  let found = 0;
  for (
    let line = nextLine(shape, NAMES, 0, end);
    line < end && found < 2;
    line = nextLine(shape, NAMES, line + 1, end)
  ) {
    if ((shape.lineWords[line] as number) < 4 || ((shape.lineSigns[line] as number) & LIST_SIGNS) === 0) continue;
    if (matchesIn(shape.lineText(line), NAMES.expression, 2) === 2) found++;
  }
  return found;
}

const LIST_SIGNS = bitsOf(Sign.Comma, Sign.Paren);
const NAMES: Probe = {
  signs: 0,
  traits: Trait.Capitals | Trait.Caseless,
  minDigits: 0,
  maxWords: 40,
  expression:
    /\b\p{Lu}\.(?:[ -]?\p{Lu}\.)?\s?\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:[- ]\p{Lu}\p{Ll}+)?\s?(?:\(|,|;|$)|[\u4e00-\u9fff]{2,4}[、，]/gu,
};
const RANGE: Probe = {
  signs: bitsOf(Sign.Dash, Sign.Hyphen, Sign.Tilde),
  traits: Trait.Range,
  minDigits: 3,
  maxWords: 24,
  expression:
    /(?:^|\s|\(|\[)(?:[<>≤≥] ?)?\d{1,4}(?:[.,]\d{1,2})?\s?(?:–|-|—|to|bis|à|a|do|tot|till|~|～)\s?\d{1,4}(?:[.,]\d{1,2})?(?:\s|\)|\]|$)/,
};
const DOSE: Probe = {
  signs: 0,
  traits: Trait.Dose | Trait.Clinical,
  minDigits: 0,
  maxWords: Infinity,
  expression:
    /\d\s?(?:mg|µg|μg|mcg|ml|mL|мг|мл|мкг|毫克|毫升|मिग्रा)\b|mmol\/[lL]|µmol|μmol|mmHg|mm ?Hg|g\/d[lL]|mg\/d[lL]|g\/[lL]\b|ммоль|г\/л|мм рт|\b(?:IU|UI|IE|МЕ)\/|\bbpm\b|kg\/m²|\/µl|\/μl|10[⁹^]?9?\/[lL]|ng\/ml|U\/[lL]|мкмоль|mm\/h\b|\b(?:SpO2|BMI|EKG|ECG|MRI|MRT|IRM|CRP|HbA1c)\b/g,
};
const TECHNICAL: Probe = {
  signs: bitsOf(Sign.Degree),
  traits: Trait.Technical,
  minDigits: 1,
  maxWords: Infinity,
  expression:
    /\d\s?(?:kW|W|V|mA|A|Hz|kHz|MHz|GHz|mm|cm|kg|°C|℃|°F|bar|psi|rpm|dB|Nm|Ah|mAh|кВт|Вт|мм|см|кг|毫米|厘米|公斤|伏|瓦)(?![\p{L}\d])|\d\s?°\s?C/gu,
};
const CLOCK: Probe = {
  signs: 0,
  traits: Trait.ClockColon | Trait.Clock,
  minDigits: 1,
  maxWords: Infinity,
  expression:
    /(?<![\d:.])(?:[01]?\d|2[0-3])[:：h][0-5]\d(?![\d:])|\b(?:[01]?\d|2[0-3])\.[0-5]\d\s?(?:uhr|Uhr|hrs|h\b)|\b\d{1,2}(?:[:.]\d{2})? ?(?:a\.?m\.?|p\.?m\.?)(?![\p{L}])|\d{1,2}[時时点點](?:\d{1,2}分|半)?|\d{1,2}시/gu,
};
