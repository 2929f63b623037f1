import { Sign } from "../document-shape.ts";
import { countLines, countMatches, saturate, type Detector } from "./detector.ts";

export const numberedClauses: Detector = (document) => {
  let count = 0;
  const lines = document.lines;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.digits === 0 || !CLAUSE.test(line.text)) continue;
    // The sentence may follow its heading on the next line.
    const next = lines[index + 1];
    if (line.words >= 12 || (next !== undefined && next.words >= 9)) count++;
  }
  return saturate(count, 3);
};

export const articleHeadings: Detector = (document) =>
  saturate(
    countLines(document, (line) => (line.digits > 0 || line.words <= 12 ? ARTICLE.test(line.text) : false)),
    1.5,
  );

export const definedParties: Detector = ({ text, signs }) =>
  (signs[Sign.Paren] as number) + (signs[Sign.Quote] as number) === 0 && !UNBRACKETED.test(text)
    ? 0
    : saturate(countMatches(text, DEFINED, 6), 1);

export const docketNumber: Detector = ({ text }) => Math.min(1, countMatches(text, DOCKET, 2) * 0.7);

const CLAUSE = /^(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|\(\d{1,2}\)|[0-9０-９]{1,2}[、．])\s?(?=[^\d\s.,%])/;
const ARTICLE =
  /^(?:§{1,2}\s?\d+|(?:Art(?:icle|ículo|igo|icolo|ikel|ykuł|\.)?|Artikkeli|Clause|Section|Cláusula|Clausola|Čl(?:ánek)?\.?|Paragraf|Punkt|Pykälä|Madde|MADDE|Статья|Ст\.|Пункт|Άρθρο|ΑΡΘΡΟ|Статья|Стаття|סעיף|المادة|البند|CLAUSE|ARTICLE|ARTÍCULO|ARTIGO|ARTICOLO|ARTIKEL)\s?(?:no\.?\s?)?[\dIVX٠-٩]+|第\s?[一二三四五六七八九十百\d]+\s?[条條章节節]|제\s?\d+\s?[조장]|المادة\s|البند\s)/;
const UNBRACKETED = /이하|ويشار|الطرف|להלן|甲方|乙方/;
const DEFINED =
  /\((?:the |hereinafter[^)]{0,30}|ci-après[^)]{0,30}|nachfolgend[^)]{0,30}|im Folgenden[^)]{0,30}|en adelante[^)]{0,30}|di seguito[^)]{0,30}|doravante[^)]{0,30}|zwan\p{L}{1,3} dalej[^)]{0,30}|hierna[^)]{0,30}|nedan[^)]{0,30}|herefter[^)]{0,30}|dále jen[^)]{0,30}|далее[^)]{0,30}|εφεξής[^)]{0,30})?["“”„«»'‘]?\p{Lu}[^()\n]{1,34}["“”»'’]?\)|[（(](?:以下|以下简称|以下簡稱)|(?:甲方|乙方|発注者|受注者|甲|乙)[」』]?\s?[:：）)]|\(?이하\s?["“「'‘]|\(?ويشار|(?:الطرف الأول|الطرف الثاني)|להלן\s?[:"״“]/gu;
const DOCKET =
  /(?:\b(?:Case|Claim|Cause|Docket|Index|Action|Matter|File)\s+(?:No|Number|Nos)\b\.?|\bAktenzeichen\b|\bGeschäftszeichen\b|\bAz\.\s?:?|\bSygn(?:atura)?\.?\s?(?:akt)?|\bN[°º]\s?(?:RG|de rôle)|\bR\.?G\.?\s?n?\.?\s?\d|\bsp\.\s?zn|\bRolnummer|\bZaaknummer|\bProcedimiento|\bAutos\b|\bProcesso\s+n|\bMål\s?nr|\bMålnr|\bSag\s?nr|\bДело\s?№|\bEsas\s?No|\bDosya\s?No)|\d\s?[A-Z]{1,3}\s?\d{1,5}\/\d{2,4}|\b[IVX]+\s[A-Z][a-z]?\s\d+\/\d{2,4}|[（(]\d{4}[）)][^\s\d]{1,6}\d*[民刑行初终終]\S{0,4}\d+号|(?:平成|令和)\d+年[（(][ワヨネ][）)]第?\d+号|\d{4}\s?(?:가합|가단|나|다|고단|고합)\s?\d+|ת["״]?[אפק]\s?\d+/g;
