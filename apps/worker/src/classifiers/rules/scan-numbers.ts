import { charKind, DIGIT, digitOf, LETTER } from "./char-table.ts";

/** A number as it stands in a line. */
export interface FoundNumber {
  readonly value: number;
  /** Digits after the decimal sign. */
  readonly decimals: number;
  /** Groups of thousands are marked. */
  readonly grouped: boolean;
  readonly currency: boolean;
  readonly percent: boolean;
  readonly start: number;
  readonly end: number;
}

const CURRENCY_SIGNS = "£$€¥₹₽₺₩₪₫฿₴₦₱￥円元원";
const CURRENCY_CODE =
  /^(?:EUR|USD|GBP|CHF|PLN|CZK|SEK|NOK|DKK|JPY|CNY|RMB|KRW|RUB|TRY|HUF|RON|BRL|INR|AED|SAR|EGP|MAD|ILS|UAH|BGN|CAD|AUD|MXN|TWD|HKD|NT|zł|kr|Kč|Ft|lei|TL|руб|р|грн|лв|ريال|درهم|جنيه|دينار|ש"ח|圓|万円)(?![A-Za-z])/;
const CURRENCY_BEFORE =
  /(?:EUR|USD|GBP|CHF|PLN|CZK|SEK|NOK|DKK|JPY|CNY|RMB|KRW|RUB|TRY|HUF|RON|BRL|R|INR|Rs|AED|SAR|ILS|CAD|AUD|kr|Fr)\.?$/;

/** Appends the numbers of one line to `found`, reading the decimal and grouping signs of any locale. */
export function scanNumbers(line: string, found: FoundNumber[]): void {
  const length = line.length;
  let index = 0;
  while (index < length) {
    const code = line.charCodeAt(index);
    if (charKind[code] !== DIGIT) {
      index++;
      continue;
    }
    const start = index;
    if (start > 0 && charKind[line.charCodeAt(start - 1)] === LETTER) {
      // A digit inside a code such as BB118 is no quantity.
      while (index < length && charKind[line.charCodeAt(index)] === DIGIT) index++;
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
    while (index < length) {
      const unit = line.charCodeAt(index);
      if (charKind[unit] === DIGIT) {
        whole = whole * 10 + digitOf(unit);
        digits++;
        groupDigits++;
        index++;
      } else if (isSeparator(line, index, unit)) {
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
    if (digits > 15 || !evenGroups || (separators > 0 && firstGroup > 3 && separators > 1)) continue;
    const last = separators > 0 ? groupDigits : 0;
    // One separator before three digits groups thousands; otherwise the last one is the decimal sign.
    const space =
      lastSeparator === 0x20 ||
      lastSeparator === 0xa0 ||
      lastSeparator === 0x202f ||
      lastSeparator === 0x2009 ||
      lastSeparator === 0x27 ||
      lastSeparator === 0x2019;
    const allGroups =
      separators > 0 &&
      last === 3 &&
      firstGroup > 0 &&
      firstGroup <= 3 &&
      !mixedSeparators &&
      digitOf(line.charCodeAt(start)) !== 0;
    const decimals = separators === 0 || allGroups || space ? 0 : last;
    if (separators > 1 && !mixedSeparators && !allGroups) continue;
    const before = line.charCodeAt(start - 1);
    let end = index;
    while (end < length && line.charCodeAt(end) === 0x20) end++;
    const next = line.charAt(end);
    const percent = next === "%" || next === "％" || next === "٪";
    const negative = before === 0x2d || before === 0x2212;
    found.push({
      value: (negative ? -1 : 1) * (decimals > 0 ? whole / 10 ** decimals : whole),
      decimals,
      grouped: allGroups || separators > 1 || (separators === 1 && space),
      currency: next !== "" && (isCurrencyAfter(line, end, next) || isCurrencyBefore(line, start)),
      percent,
      start,
      end: index,
    });
    if (found.at(-1)?.currency === false && next === "" && isCurrencyBefore(line, start))
      found[found.length - 1] = { ...(found.at(-1) as FoundNumber), currency: true };
  }
}

function isSeparator(line: string, index: number, unit: number): boolean {
  if (charKind[line.charCodeAt(index + 1)] !== DIGIT) return false;
  if (
    unit === 0x2e ||
    unit === 0x2c ||
    unit === 0x27 ||
    unit === 0x2019 ||
    unit === 0x66b ||
    unit === 0x66c ||
    unit === 0xff0c ||
    unit === 0xff0e
  )
    return true;
  if (unit !== 0x20 && unit !== 0xa0 && unit !== 0x202f && unit !== 0x2009) return false;
  // A space groups thousands only before exactly three digits and a decimal sign, or it would join the cells of a row.
  for (let step = 1; step <= 3; step++) if (charKind[line.charCodeAt(index + step)] !== DIGIT) return false;
  const after = line.charCodeAt(index + 4);
  if (unit !== 0x20) return charKind[after] !== DIGIT;
  return (
    after === 0x2c &&
    charKind[line.charCodeAt(index + 5)] === DIGIT &&
    charKind[line.charCodeAt(index + 6)] === DIGIT &&
    charKind[line.charCodeAt(index + 7)] !== DIGIT
  );
}

function isCurrencyAfter(line: string, end: number, next: string): boolean {
  if (CURRENCY_SIGNS.includes(next)) return true;
  const code = next.charCodeAt(0);
  return charKind[code] === LETTER && CURRENCY_CODE.test(line.slice(end, end + 6));
}

function isCurrencyBefore(line: string, start: number): boolean {
  let at = start - 1;
  if (at >= 0 && (line.charCodeAt(at) === 0x2d || line.charCodeAt(at) === 0x2212)) at--;
  while (at >= 0 && (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0xa0)) at--;
  if (at < 0) return false;
  if (CURRENCY_SIGNS.includes(line.charAt(at))) return true;
  const code = line.charCodeAt(at);
  return (charKind[code] === LETTER || code === 0x2e) && CURRENCY_BEFORE.test(line.slice(Math.max(0, at - 4), at + 1));
}
