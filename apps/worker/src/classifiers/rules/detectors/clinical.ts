import { countLines, countMatches, saturate, type Detector } from "./detector.ts";

export const referenceRanges: Detector = (document) =>
  saturate(
    countLines(document, (line) => line.digits >= 3 && line.words <= 24 && RANGE.test(line.text)),
    2,
  );

export const doseUnits: Detector = ({ text }) => saturate(countMatches(text, DOSE, 20), 3);

export const technicalUnits: Detector = ({ text }) => saturate(countMatches(text, TECHNICAL, 20), 4);

export const peopleList: Detector = (document) =>
  Math.min(
    1,
    countLines(
      document,
      (line) =>
        line.words >= 4 &&
        line.words <= 40 &&
        LIST_SIGN.test(line.text) &&
        countMatches(line.text, NAME_IN_LIST, 6) >= 2,
    ) * 0.5,
  );

export const clockTimes: Detector = ({ text }) => saturate(countMatches(text, CLOCK, 8), 1.5);

const RANGE =
  /(?:^|\s|\(|\[)(?:[<>≤≥] ?)?\d{1,4}(?:[.,]\d{1,2})?\s?(?:–|-|—|to|bis|à|a|do|tot|till|~|～)\s?\d{1,4}(?:[.,]\d{1,2})?(?:\s|\)|\]|$)/;
const DOSE =
  /\d\s?(?:mg|µg|μg|mcg|ml|mL|мг|мл|мкг|毫克|毫升|मिग्रा)\b|mmol\/[lL]|µmol|μmol|mmHg|mm ?Hg|g\/d[lL]|mg\/d[lL]|g\/[lL]\b|ммоль|г\/л|мм рт|\b(?:IU|UI|IE|МЕ)\/|\bbpm\b|kg\/m²|\/µl|\/μl|10[⁹^]?9?\/[lL]|ng\/ml|U\/[lL]|мкмоль|mm\/h\b|\b(?:SpO2|BMI|EKG|ECG|MRI|MRT|IRM|CRP|HbA1c)\b/g;
const TECHNICAL =
  /\d\s?(?:kW|W|V|mA|A|Hz|kHz|MHz|GHz|mm|cm|kg|°C|℃|°F|bar|psi|rpm|dB|Nm|Ah|mAh|кВт|Вт|мм|см|кг|毫米|厘米|公斤|伏|瓦)(?![\p{L}\d])|\d\s?°\s?C/gu;
const LIST_SIGN = /[,;(、，]/;
const NAME_IN_LIST =
  /\b\p{Lu}\.(?:[ -]?\p{Lu}\.)?\s?\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:[- ]\p{Lu}\p{Ll}+)?\s?(?:\(|,|;|$)|[\u4e00-\u9fff]{2,4}[、，]/gu;
const CLOCK =
  /(?<![\d:.])(?:[01]?\d|2[0-3])[:：h][0-5]\d(?![\d:])|\b(?:[01]?\d|2[0-3])\.[0-5]\d\s?(?:uhr|Uhr|hrs|h\b)|\b\d{1,2}(?:[:.]\d{2})? ?(?:a\.?m\.?|p\.?m\.?)(?![\p{L}])|\d{1,2}[時时点點](?:\d{1,2}分|半)?|\d{1,2}시/gu;
