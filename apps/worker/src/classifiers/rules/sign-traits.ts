import { charClass } from "./char-classes.ts";
import { DIGIT, KIND_BITS, LETTER, Sign, UPPER } from "./char-kinds.ts";
import { Trait } from "./trait.ts";

// How words begin that introduce a party's short name in brackets: the, hereinafter, ci-après, nachfolgend, im Folgenden, en adelante, di seguito, doravante, zwany, …
const introductions = new Set(
  ["th", "he", "ci", "na", "im", "en", "di", "do", "zw", "hi", "ne", "dá", "да", "εφ"].map(
    (letters) => (letters.charCodeAt(0) << 16) | letters.charCodeAt(1),
  ),
);

/** The `Trait` that a sign gives its line by what stands beside it. Looks up to three signs ahead, beyond the line's end too: a trait only makes a detector look. */
export function signTraits(sign: number, units: Uint16Array, index: number): number {
  const unit = units[index] as number;
  const next = units[index + 1] as number;
  switch (sign) {
    case Sign.Dot:
      return next === unit && units[index + 2] === unit && units[index + 3] === unit ? Trait.Blank : 0;
    case Sign.Rule:
      return next === unit || (next === 0x20 && units[index + 2] === unit) ? Trait.Blank : 0;
    case Sign.Bracket:
      return bracketTraits(next, units[index + 2] as number);
    case Sign.Paren:
      return unit === 0x28 || unit === 0xff08 ? parenTraits(next, units[index + 2] as number) : 0;
    case Sign.Colon:
      return isDigit(next) && isDigit(units[index - 1] as number) ? Trait.ClockColon : 0;
    case Sign.Slash:
      return isDigit(next) && isDigit(units[index - 1] as number) ? Trait.DigitSlash : 0;
    case Sign.Mask:
      return isMask(next) ? Trait.Masked : 0;
    default:
      return 0;
  }
}

function bracketTraits(next: number, third: number): number {
  if (next <= 0x20) return third === 0x5d ? Trait.Box : third <= 0x20 ? Trait.Blank : 0;
  if (isDigit(next)) return Trait.Citation;
  if (third !== 0x5d) return 0;
  // [x] [X]; [J] [M] [D] [C] are kinds of publications.
  if (next === 0x78 || next === 0x58) return Trait.Box;
  return next === 0x4a || next === 0x4d || next === 0x44 || next === 0x43 ? Trait.Citation : 0;
}

function parenTraits(next: number, third: number): number {
  if (third === 0x29 && (next <= 0x20 || next === 0xa0)) return Trait.Box;
  if (isDigit(next)) return Trait.DigitInParens;
  const charBits = charClass[next] as number;
  const isCapital = (charBits & KIND_BITS) === LETTER && (charBits & UPPER) !== 0;
  if (isCapital || isQuote(next) || introductions.has((next << 16) | third)) return Trait.NameInParens;
  return 0;
}

function isDigit(unit: number): boolean {
  return ((charClass[unit] as number) & KIND_BITS) === DIGIT;
}

/** " “ ” „ « » ' ‘ */
function isQuote(unit: number): boolean {
  if (unit < 0x2000) return unit === 0x22 || unit === 0x27 || unit === 0xab || unit === 0xbb;
  return unit >= 0x2018 && unit <= 0x201e;
}

function isMask(unit: number): boolean {
  return unit === 0x2a || unit === 0x2022 || unit === 0x23 || unit === 0xb7;
}
