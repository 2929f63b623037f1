import { charClass, charFold } from "./char-classes.ts";
import { DIGIT, KIND_BITS, LETTER, SEPARATOR, Sign, SIGN_SHIFT } from "./char-kinds.ts";
import { Mark, type Numbers } from "./numbers.ts";

const codesAfter = codes(
  "EUR USD GBP CHF PLN CZK SEK NOK DKK JPY CNY RMB KRW RUB TRY HUF RON BRL INR AED SAR EGP MAD ILS UAH BGN CAD AUD MXN TWD HKD NT zł kr Kč Ft lei TL руб рублей рубля рубль р грн гривень лв ريال درهم جنيه دينار",
);
const codesBefore = codes(
  "EUR USD GBP CHF PLN CZK SEK NOK DKK JPY CNY RMB KRW RUB TRY HUF RON BRL R INR Rs AED SAR ILS CAD AUD kr Fr",
);
const MAX_CODE = 8;
// 円 元 원: signs of money that are letters elsewhere.
const YEN = 0x5186;
const YUAN = 0x5143;
const WON = 0xc6d0;

/** Appends the numbers of one line to `found`, reading the decimal and grouping signs of any locale. */
export function scanNumbers(units: Uint16Array, from: number, to: number, found: Numbers): void {
  let index = from;
  while (index < to) {
    if (!isDigit(units, index, to)) {
      index++;
      continue;
    }
    const start = index;
    if (start > from && kindAt(units, start - 1) === LETTER) {
      // A digit inside a code such as BB118 is no quantity.
      while (isDigit(units, index, to)) index++;
      continue;
    }
    let whole = 0;
    let digits = 0;
    let groupDigits = 0;
    let separators = 0;
    let lastSeparator = 0;
    let firstGroup = 0;
    let evenGroups = true;
    let mixedSeparators = false;
    while (index < to) {
      const unit = units[index] as number;
      if (((charClass[unit] as number) & KIND_BITS) === DIGIT) {
        whole = whole * 10 + (charFold[unit] as number) - 0x30;
        digits++;
        groupDigits++;
        index++;
      } else if (isSeparator(units, index, to, unit)) {
        if (separators === 0) firstGroup = groupDigits;
        else {
          if (groupDigits !== 3) evenGroups = false;
          if (unit !== lastSeparator) mixedSeparators = true;
        }
        separators++;
        lastSeparator = unit;
        groupDigits = 0;
        index++;
      } else break;
    }
    if (digits > 15 || !evenGroups || (separators > 1 && firstGroup > 3)) continue;
    // One separator before three digits groups thousands; otherwise the last one is the decimal sign.
    const allGroups =
      separators > 0 &&
      groupDigits === 3 &&
      firstGroup > 0 &&
      firstGroup <= 3 &&
      !mixedSeparators &&
      charFold[units[start] as number] !== 0x30;
    if (separators > 1 && !mixedSeparators && !allGroups) continue;
    const space = separators > 0 && groupsOnly(lastSeparator);
    const decimals = separators === 0 || allGroups || space ? 0 : groupDigits;
    let end = index;
    while (end < to && units[end] === 0x20) end++;
    const next = end < to ? (units[end] as number) : 0;
    const before = start > from ? units[start - 1] : 0;
    const value = decimals > 0 ? whole / 10 ** decimals : whole;
    let marks = 0;
    if (allGroups || separators > 1 || (separators === 1 && space)) marks |= Mark.Grouped;
    if (next === 0x25 || next === 0xff05 || next === 0x66a) marks |= Mark.Percent;
    if (isCurrencyAfter(units, end, to, next) || isCurrencyBefore(units, start, from)) marks |= Mark.Currency;
    found.add(before === 0x2d || before === 0x2212 ? -value : value, decimals, marks, index);
  }
}

function kindAt(units: Uint16Array, index: number): number {
  return (charClass[units[index] as number] as number) & KIND_BITS;
}

function isDigit(units: Uint16Array, index: number, to: number): boolean {
  return index < to && kindAt(units, index) === DIGIT;
}

/** Spaces and apostrophes part thousands and nothing else. */
function groupsOnly(unit: number): boolean {
  return unit === 0x20 || unit === 0xa0 || unit === 0x202f || unit === 0x2009 || unit === 0x27 || unit === 0x2019;
}

function isSeparator(units: Uint16Array, index: number, to: number, unit: number): boolean {
  if (!isDigit(units, index + 1, to)) return false;
  switch (unit) {
    case 0x2e:
    case 0x2c:
    case 0x27:
    case 0x2019:
    case 0x66b:
    case 0x66c:
    case 0xff0c:
    case 0xff0e:
      return true;
    case 0x20:
    case 0xa0:
    case 0x202f:
    case 0x2009:
      break;
    default:
      return false;
  }
  // A space groups thousands only before exactly three digits and a decimal sign, or it would join the cells of a row.
  if (!isDigit(units, index + 2, to) || !isDigit(units, index + 3, to)) return false;
  if (unit !== 0x20) return !isDigit(units, index + 4, to);
  return (
    index + 4 < to &&
    units[index + 4] === 0x2c &&
    isDigit(units, index + 5, to) &&
    isDigit(units, index + 6, to) &&
    !isDigit(units, index + 7, to)
  );
}

function isCurrencyAfter(units: Uint16Array, end: number, to: number, next: number): boolean {
  if (isCurrencySign(next)) return true;
  // ש"ח
  if (next === 0x5e9) return end + 2 < to && isQuoteMark(units[end + 1] as number) && units[end + 2] === 0x5d7;
  if (!codesAfter.starts.has(next)) return false;
  let stop = end + 1;
  while (stop < to && stop - end <= MAX_CODE && isLetter(units, stop)) stop++;
  return codesAfter.words.has(textOf(units, end, stop));
}

function isCurrencyBefore(units: Uint16Array, start: number, from: number): boolean {
  let at = start - 1;
  if (at >= from && (units[at] === 0x2d || units[at] === 0x2212)) at--;
  while (at >= from && (units[at] === 0x20 || units[at] === 0xa0)) at--;
  if (at < from) return false;
  if (isCurrencySign(units[at] as number)) return true;
  if (units[at] === 0x2e) at--;
  if (at < from || !codesBefore.ends.has(units[at] as number)) return false;
  let first = at;
  while (first > from && at - first <= MAX_CODE && isLetter(units, first - 1)) first--;
  return codesBefore.words.has(textOf(units, first, at + 1));
}

function isCurrencySign(unit: number): boolean {
  const charBits = charClass[unit] as number;
  if ((charBits & KIND_BITS) === SEPARATOR) return charBits >> SIGN_SHIFT === Sign.Currency;
  return unit === YEN || unit === YUAN || unit === WON;
}

function isLetter(units: Uint16Array, index: number): boolean {
  return kindAt(units, index) === LETTER;
}

function isQuoteMark(unit: number): boolean {
  return unit === 0x22 || unit === 0x5f4;
}

function textOf(units: Uint16Array, from: number, to: number): string {
  let text = "";
  for (let index = from; index < to; index++) text += String.fromCharCode(units[index] as number);
  return text;
}

/** Codes, and the units they begin and end with: most words beside a number are told to be none by one letter. */
function codes(list: string): { words: ReadonlySet<string>; starts: ReadonlySet<number>; ends: ReadonlySet<number> } {
  const words = list.split(" ");
  return {
    words: new Set(words),
    starts: new Set(words.map((word) => word.charCodeAt(0))),
    ends: new Set(words.map((word) => word.charCodeAt(word.length - 1))),
  };
}
