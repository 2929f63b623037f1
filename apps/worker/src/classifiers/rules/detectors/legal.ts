import { Trait } from "../trait.ts";
import { countMatches, matchesIn, nextLine, saturate, type Detector, type Probe } from "./detector.ts";
import { textAfterNumbering } from "./numbering.ts";

export const numberedClauses: Detector = (shape) => {
  const { lineTraits, lineWords, lineCount } = shape;
  if ((shape.traits & Trait.NumberFirst) === 0) return 0;
  let count = 0;
  for (let line = 0; line < lineCount; line++) {
    if (((lineTraits[line] as number) & Trait.NumberFirst) === 0) continue;
    // The sentence may follow its heading on the next line.
    const isSentence =
      (lineWords[line] as number) >= 12 || (line + 1 < lineCount && (lineWords[line + 1] as number) >= 9);
    if (isSentence && textAfterNumbering(shape, line, 3) !== -1) count++;
  }
  return saturate(count, 3);
};

export const articleHeadings: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (let line = nextLine(shape, ARTICLE, 0, end); line < end; line = nextLine(shape, ARTICLE, line + 1, end)) {
    if ((shape.lineDigits[line] as number) === 0 && (shape.lineWords[line] as number) > 12) continue;
    if (ARTICLE.expression.test(shape.lineText(line))) count++;
  }
  return saturate(count, 1.5);
};

export const definedParties: Detector = (shape) => saturate(countMatches(shape, DEFINED, 6), 1);

export const docketNumber: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (
    let line = nextLine(shape, DOCKET, 0, end);
    line < end && count < 2;
    line = nextLine(shape, DOCKET, line + 1, end)
  ) {
    const traits = shape.lineTraits[line] as number;
    const isCalled = (traits & Trait.SureDocket) !== 0 || (traits & CALLED) === CALLED;
    const isNumber = (traits & (Trait.DigitSlash | Trait.Caseless)) !== 0 && (shape.lineDigits[line] as number) > 2;
    if (isCalled || isNumber) count += matchesIn(shape.lineText(line), DOCKET.expression, 2 - count);
  }
  return Math.min(1, count * 0.7);
};

const CALLED = Trait.Docket | Trait.NumberSign;
const ARTICLE: Probe = {
  signs: 0,
  traits: Trait.Article,
  minDigits: 0,
  maxWords: Infinity,
  expression:
    /^(?:§{1,2}\s?\d+|(?:Art(?:icle|ículo|igo|icolo|ikel|ykuł|\.)?|Artikkeli|Clause|Section|Cláusula|Clausola|Čl(?:ánek)?\.?|Paragraf|Punkt|Pykälä|Madde|MADDE|Статья|Ст\.|Пункт|Άρθρο|ΑΡΘΡΟ|Статья|Стаття|סעיף|المادة|البند|CLAUSE|ARTICLE|ARTÍCULO|ARTIGO|ARTICOLO|ARTIKEL)\s?(?:no\.?\s?)?[\dIVX٠-٩]+|第\s?[一二三四五六七八九十百\d]+\s?[条條章节節]|제\s?\d+\s?[조장]|المادة\s|البند\s)/,
};
const DEFINED: Probe = {
  signs: 0,
  traits: Trait.NameInParens | Trait.Caseless,
  minDigits: 0,
  maxWords: Infinity,
  expression:
    /\((?:the |hereinafter[^)]{0,30}|ci-après[^)]{0,30}|nachfolgend[^)]{0,30}|im Folgenden[^)]{0,30}|en adelante[^)]{0,30}|di seguito[^)]{0,30}|doravante[^)]{0,30}|zwan\p{L}{1,3} dalej[^)]{0,30}|hierna[^)]{0,30}|nedan[^)]{0,30}|herefter[^)]{0,30}|dále jen[^)]{0,30}|далее[^)]{0,30}|εφεξής[^)]{0,30})?["“”„«»'‘]?\p{Lu}[^()\n]{1,34}["“”»'’]?\)|[（(](?:以下|以下简称|以下簡稱)|(?:甲方|乙方|発注者|受注者|甲|乙)[」』]?\s?[:：）)]|\(?이하\s?["“「'‘]|\(?ويشار|(?:الطرف الأول|الطرف الثاني)|להלן\s?[:"״“]/gu,
};
const DOCKET: Probe = {
  signs: 0,
  traits: Trait.DigitSlash | Trait.Docket | Trait.SureDocket | Trait.Caseless,
  minDigits: 0,
  maxWords: Infinity,
  expression:
    /(?:\b(?:Case|Claim|Cause|Docket|Index|Action|Matter|File)\s+(?:No|Number|Nos)\b\.?|\bAktenzeichen\b|\bGeschäftszeichen\b|\bAz\.\s?:?|\bSygn(?:atura)?\.?\s?(?:akt)?|\bN[°º]\s?(?:RG|de rôle)|\bR\.?G\.?\s?n?\.?\s?\d|\bsp\.\s?zn|\bRolnummer|\bZaaknummer|\bProcedimiento|\bAutos\b|\bProcesso\s+n|\bMål\s?nr|\bMålnr|\bSag\s?nr|Дело\s?№|\bEsas\s?No|\bDosya\s?No)|\d\s?[A-Z]{1,3}\s?\d{1,5}\/\d{2,4}|\b[IVX]+\s[A-Z][a-z]?\s\d+\/\d{2,4}|[（(]\d{4}[）)][^\s\d]{1,6}\d*[民刑行初终終]\S{0,4}\d+号|(?:平成|令和)\d+年[（(][ワヨネ][）)]第?\d+号|\d{4}\s?(?:가합|가단|나|다|고단|고합)\s?\d+|ת["״]?[אפק]\s?\d+/g,
};
