import { Sign } from "../char-kinds.ts";
import { ANY_LINE, Trait } from "../trait.ts";
import type { Numbers } from "../numbers.ts";
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

// Cells may stand on one line or on several, so arithmetic looks at the run of numbers, not at lines.
const MAX_NUMBERS = 400;
const MAX_TERMS = 25;
// Three links of balance, amount, balance.
const MIN_BALANCES = 7;

export const amounts: Detector = ({ numbers }) => saturate(numbers.money, 6);

export const lineTotals: Detector = ({ numbers }) => {
  if (numbers.money + numbers.grouped === 0) return 0;
  const end = Math.min(numbers.count, MAX_NUMBERS);
  let found = 0;
  for (let index = 2; index < end; index++) if (isLineTotal(numbers, index)) found++;
  return found === 0 ? 0 : Math.min(1, 0.4 + found * 0.2);
};

/** A number that is the product of two neighbours a little before it. */
function isLineTotal(numbers: Numbers, index: number): boolean {
  const { values } = numbers;
  const total = values[index] as number;
  if (Math.abs(total) < 1 || numbers.isPercent(index)) return false;
  const plain = !numbers.isMoney(index) && !numbers.isGrouped(index);
  for (let price = index - 1; price >= 1 && price >= index - 3; price--) {
    if (plain && !numbers.isMoney(price) && !numbers.isGrouped(price)) continue;
    const unitPrice = values[price] as number;
    const quantity = values[price - 1] as number;
    if (quantity <= 0 || quantity === 1 || unitPrice === 1 || unitPrice === 0) continue;
    if (numbers.isPercent(price) || numbers.isPercent(price - 1)) continue;
    if (near(quantity * unitPrice, total, 0.011)) return true;
  }
  return false;
}

export const summedTotal: Detector = ({ numbers }) => {
  if (numbers.money + numbers.grouped < 3) return 0;
  const sums = sizable(numbers);
  let found = 0;
  for (let index = 2; index < sums.length; index++) {
    const total = sums[index] as number;
    if (total <= 1) continue;
    let sum = 0;
    for (let back = index - 1, terms = 1; back >= 0 && terms <= MAX_TERMS; back--, terms++) {
      sum += sums[back] as number;
      if (terms >= 2 && near(sum, total, 0.011)) {
        found++;
        break;
      }
    }
  }
  return found === 0 ? 0 : Math.min(1, 0.5 + found * 0.25);
};

export const runningBalance: Detector = ({ numbers }) => {
  if (numbers.money + numbers.grouped < MIN_BALANCES) return 0;
  const values = sizable(numbers);
  let chain = 0;
  let links = 0;
  for (let index = 0; index + 2 < values.length;) {
    const balance = values[index] as number;
    const amount = values[index + 1] as number;
    const next = values[index + 2] as number;
    if (amount !== 0 && (near(balance + amount, next, 0.006) || near(balance - amount, next, 0.006))) {
      chain++;
      links = Math.max(links, chain);
      index += 2;
    } else {
      chain = 0;
      index++;
    }
  }
  // Two links happen by chance, or as net + tax = gross.
  return links < 3 ? 0 : Math.min(1, links / 6);
};

/** Amounts, and numbers with their thousands set apart. */
function sizable(numbers: Numbers): number[] {
  const values: number[] = [];
  for (let index = 0; index < numbers.count && values.length < MAX_NUMBERS; index++)
    if (numbers.isMoney(index) || (numbers.isGrouped(index) && !numbers.isPercent(index)))
      values.push(numbers.values[index] as number);
  return values;
}

export const datedAmounts: Detector = (shape) => {
  const { numbers } = shape;
  const end = shape.lineCount;
  if (numbers.money + numbers.grouped === 0) return 0;
  let count = 0;
  for (let line = nextLine(shape, DATE_FIRST, 0, end); line < end; line = nextLine(shape, DATE_FIRST, line + 1, end)) {
    if (shape.numbersOn(line) === 0) continue;
    const last = (shape.lineNumbers[line + 1] as number) - 1;
    const endsLine = (numbers.ends[last] as number) >= (shape.lineTo[line] as number) - 2;
    if (!numbers.isMoney(last) && !(numbers.isGrouped(last) && endsLine)) continue;
    if (DATE_FIRST.expression.test(shape.lineText(line))) count++;
  }
  return saturate(count, 4);
};

export const taxRate: Detector = (shape) => {
  const { numbers, lineNumbers, lineWords, lineCount } = shape;
  if (numbers.percent === 0 || numbers.money + numbers.grouped === 0) return 0;
  let count = 0;
  for (let line = 0; line < lineCount; line++) {
    if ((lineWords[line] as number) > 14) continue;
    let percent = false;
    let money = false;
    const end = lineNumbers[line + 1] as number;
    for (let index = lineNumbers[line] as number; index < end; index++) {
      if (numbers.isPercent(index))
        percent ||= (numbers.values[index] as number) > 0 && (numbers.values[index] as number) <= 30;
      else money ||= numbers.isMoney(index) || numbers.isGrouped(index);
    }
    if (percent && money) count++;
  }
  return Math.min(1, count * 0.6);
};

export const bankDetails: Detector = (shape) =>
  Math.min(
    1,
    countMatches(shape, IBAN, 2) * 0.7 + countMatches(shape, SORT_CODE, 1) * 0.6 + countMatches(shape, BIC, 1) * 0.5,
  );

export const taxId: Detector = (shape) => {
  const end = shape.lineCount;
  let count = 0;
  for (
    let line = nextLine(shape, TAX_ID, 0, end);
    line < end && count < 2;
    line = nextLine(shape, TAX_ID, line + 1, end)
  ) {
    // Without the name of such a number only a long one after a country's code is one.
    if (((shape.lineTraits[line] as number) & Trait.TaxId) === 0 && (shape.lineDigits[line] as number) < 7) continue;
    count += matchesIn(shape.lineText(line), TAX_ID.expression, 2 - count);
  }
  return Math.min(1, count * 0.7);
};

export const cardSlip: Detector = (shape) =>
  Math.min(1, countMatches(shape, MASKED_CARD, 2) + countMatches(shape, CARD_ENDING, 1));

export const tillTime: Detector = (shape) => {
  if (shape.words > 220 || shape.input.pageCount > 2) return 0;
  return countLines(shape, DATE_WITH_TIME, 1);
};

function near(left: number, right: number, tolerance: number): boolean {
  return Math.abs(left - right) < tolerance;
}

const DATE_FIRST: Probe = {
  signs: ANY_LINE,
  traits: 0,
  minDigits: 3,
  maxWords: 24,
  expression:
    /^(?:\d{4}[-./年]\s?\d{1,2}|\d{1,2}[-./]\s?\d{1,2}(?:[-./]|\s|$)|\d{1,2}\.?\s[^\d\s]{3,10}\b|[^\d\s]{3,9}\.?\s\d{1,2}(?![\d.,])|\d{1,2}\s?[月월])/,
};
const IBAN: Probe = {
  signs: 0,
  traits: Trait.Code,
  minDigits: 8,
  maxWords: Infinity,
  expression: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g,
};
const SORT_CODE: Probe = {
  signs: bitsOf(Sign.Hyphen),
  traits: 0,
  minDigits: 6,
  maxWords: Infinity,
  expression: /\b\d{2}-\d{2}-\d{2}\b(?!-)/g,
};
const BIC: Probe = { signs: 0, traits: Trait.Bank, minDigits: 0, maxWords: Infinity, expression: /\b(?:BIC|SWIFT)\b/g };
const TAX_ID: Probe = {
  signs: 0,
  traits: Trait.TaxId | Trait.Country | Trait.Code,
  minDigits: 3,
  maxWords: Infinity,
  expression:
    /(?<![\p{L}\d])(?:(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|CHE)[ -]?(?:\d[ .]?){7,12}\d?\b|(?:NIP|P\.? ?IVA|Partita IVA|USt-?Id(?:Nr)?|UID|CVR|NIF|CIF|NIPC|CNPJ|Org\.?nr|DIČ|IČO|ИНН|ΑΦΜ|Vergi No|BTW|TVA|VAT|MwSt|ABN|GSTIN|EIN)(?!\p{L})[^\n\d]{0,24}\d{3})/gu,
};
const MASKED_CARD: Probe = {
  signs: 0,
  traits: Trait.Masked | Trait.Card,
  minDigits: 4,
  maxWords: Infinity,
  // A run begins where no mask stands before it, or every sign of a dot leader would be tried as a beginning.
  expression: /(?<![*•xX#·])[*•xX#·]{2,}(?:[ -][*•xX#·]{2,}){0,3}[ -]?\d{4}\b/g,
};
const CARD_ENDING: Probe = {
  signs: 0,
  traits: Trait.Card,
  minDigits: 4,
  maxWords: Infinity,
  expression: /(?:ending|endet auf|finissant par|terminada en|terminata)\s+\d{4}\b/g,
};
const DATE_WITH_TIME: Probe = {
  signs: ANY_LINE,
  traits: 0,
  minDigits: 9,
  maxWords: 16,
  expression:
    /(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}年\s?\d{1,2}月\s?\d{1,2}日|\d{1,2}\.? [^\d\s]{3,12} \d{4}).{0,12}?\b\d{1,2}[:h.]\d{2}\b/,
};
