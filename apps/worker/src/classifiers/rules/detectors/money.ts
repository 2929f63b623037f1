import { Sign } from "../document-shape.ts";
import type { FoundNumber } from "../scan-numbers.ts";
import { countLines, countMatches, saturate, type Detector } from "./detector.ts";

// Cells may stand on one line or on several, so arithmetic looks at the run of numbers, not at lines.
const MAX_NUMBERS = 400;

export const amounts: Detector = (document) => saturate(document.numbers.filter(isMoney).length, 6);

export const lineTotals: Detector = ({ numbers }) => {
  let found = 0;
  const end = Math.min(numbers.length, MAX_NUMBERS);
  for (let index = 2; index < end; index++) {
    const total = numbers[index] as FoundNumber;
    if (Math.abs(total.value) < 1 || total.percent) continue;
    for (let back = 1; back <= 3 && index - back >= 1; back++) {
      const unitPrice = numbers[index - back] as FoundNumber;
      if (!isMoney(unitPrice) && !unitPrice.grouped && !(isMoney(total) || total.grouped)) continue;
      const quantity = numbers[index - back - 1] as FoundNumber;
      if (
        unitPrice.percent ||
        quantity.percent ||
        quantity.value <= 0 ||
        quantity.value === 1 ||
        unitPrice.value === 1 ||
        unitPrice.value === 0
      )
        continue;
      if (near(quantity.value * unitPrice.value, total.value, 0.011)) {
        found++;
        break;
      }
    }
  }
  return found === 0 ? 0 : Math.min(1, 0.4 + found * 0.2);
};

export const summedTotal: Detector = ({ numbers }) => {
  const values: number[] = [];
  let found = 0;
  for (let index = 0; index < numbers.length && index < MAX_NUMBERS; index++) {
    const number = numbers[index] as FoundNumber;
    if (number.percent || (!isMoney(number) && !number.grouped)) continue;
    let sum = 0;
    for (let back = values.length - 1, terms = 1; back >= 0 && terms <= 25; back--, terms++) {
      sum += values[back] as number;
      if (terms >= 2 && number.value > 1 && near(sum, number.value, 0.011)) {
        found++;
        break;
      }
    }
    values.push(number.value);
  }
  return found === 0 ? 0 : Math.min(1, 0.5 + found * 0.25);
};

export const runningBalance: Detector = ({ numbers }) => {
  const values = numbers.filter((number) => isMoney(number) || number.grouped).map((number) => number.value);
  let chain = 0;
  let links = 0;
  for (let index = 0; index + 2 < values.length && index < MAX_NUMBERS;) {
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

export const datedAmounts: Detector = (document) =>
  saturate(
    countLines(document, (line) => {
      if (line.digits < 3 || line.numbersTo - line.numbersFrom < 1 || line.words > 24 || !DATE_AT_START.test(line.text))
        return false;
      const last = document.numbers[line.numbersTo - 1] as FoundNumber;
      return isMoney(last) || (last.grouped && last.end >= line.text.length - 2);
    }),
    4,
  );

export const taxRate: Detector = (document) =>
  Math.min(
    1,
    countLines(document, (line) => {
      let percent = false;
      let money = false;
      for (let index = line.numbersFrom; index < line.numbersTo; index++) {
        const number = document.numbers[index] as FoundNumber;
        if (number.percent) percent ||= number.value > 0 && number.value <= 30;
        else money ||= isMoney(number) || number.grouped;
      }
      return percent && money && line.words <= 14;
    }) * 0.6,
  );

export const bankDetails: Detector = ({ text }) =>
  Math.min(
    1,
    countMatches(text, IBAN, 2) * 0.7 + countMatches(text, SORT_CODE, 1) * 0.6 + countMatches(text, BIC, 1) * 0.5,
  );

export const taxId: Detector = ({ text }) => Math.min(1, countMatches(text, TAX_ID, 2) * 0.7);

export const cardSlip: Detector = ({ text, signs }) => {
  const masked = (signs[Sign.Mask] as number) > 0 || /[xX]{2}/.test(text) ? countMatches(text, MASKED_CARD, 2) : 0;
  return Math.min(1, masked + countMatches(text, CARD_ENDING, 1));
};

export const tillTime: Detector = (document) => {
  if (document.words > 220 || document.input.pageCount > 2) return 0;
  return countLines(document, (line) => line.digits >= 9 && line.words <= 16 && DATE_WITH_TIME.test(line.text)) > 0
    ? 1
    : 0;
};

/** An amount of money, by its sign, its code or its two decimals. */
export function isMoney(number: FoundNumber): boolean {
  return !number.percent && (number.decimals === 2 || number.currency);
}

function near(left: number, right: number, tolerance: number): boolean {
  return Math.abs(left - right) < tolerance;
}

const DATE_AT_START =
  /^(?:\d{4}[-./年]\s?\d{1,2}|\d{1,2}[-./]\s?\d{1,2}(?:[-./]|\s|$)|\d{1,2}\.?\s[^\d\s]{3,10}\b|[^\d\s]{3,9}\.?\s\d{1,2}(?![\d.,])|\d{1,2}\s?[月월])/;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const SORT_CODE = /\b\d{2}-\d{2}-\d{2}\b(?!-)/g;
const BIC = /\b(?:BIC|SWIFT)\b/g;
const TAX_ID =
  /\b(?:(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|CHE)[ -]?(?:\d[ .]?){7,12}\d?\b|(?:NIP|P\.? ?IVA|Partita IVA|USt-?Id|UID|CVR|NIF|CIF|NIPC|CNPJ|Org\.?nr|DIČ|IČO|ИНН|ΑΦΜ|Vergi No|BTW|TVA|VAT|MwSt|ABN|GSTIN|EIN)\b[^\n\d]{0,24}\d{3})/g;
// A run begins where no mask stands before it, or every sign of a dot leader would be tried as a beginning.
const MASKED_CARD = /(?<![*•xX#·])[*•xX#·]{2,}(?:[ -][*•xX#·]{2,}){0,3}[ -]?\d{4}\b/g;
const CARD_ENDING = /(?:ending|endet auf|finissant par|terminada en|terminata)\s+\d{4}\b/g;
const DATE_WITH_TIME =
  /(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}年\s?\d{1,2}月\s?\d{1,2}日|\d{1,2}\.? [^\d\s]{3,12} \d{4}).{0,12}?\b\d{1,2}[:h.]\d{2}\b/;
