import { charClass } from "./char-classes.ts";
import { DIGIT, EXPANDS, KIND_BITS, LETTER, LOWER, SEPARATOR, Sign, SIGN_SHIFT, SINGLE, UPPER } from "./char-kinds.ts";
import type { ClassifierInput } from "./classifier-input.ts";
import { ANYWHERE, AT_LINE_START, Clue, signClues } from "./clues.ts";
import { Field, type FieldNumber } from "./field.ts";
import { Numbers } from "./numbers.ts";
import { scanNumbers } from "./scan-numbers.ts";
import type { TermCounter } from "./term-counter.ts";

/** Text beyond this is not read: labels are decided long before, and one document must not hold up its neighbours. */
const MAX_UNITS = 48_000;
const MAX_TITLE_UNITS = 1_000;
/** A longer line is read in pieces: no expression is run over more than this at a time. */
const MAX_LINE_UNITS = 2_000;
const MAX_LINES = MAX_UNITS / 2 + 1;
const HEAD_LINES = 6;
/** Signs before the first one, so that looking back never leaves the array. */
const LEAD_UNITS = 2;
/** The bit of `lineSigns` that every line has. */
export const ANY_LINE = 1;

/** What a line has that a detector may look for, beside its `Clue` bits: cheap to see while counting, so that expressions run over few lines. */
export const Trait = {
  ...Clue,
  /** A digit, and at most one sign after it a letter: `20 kg`. */
  Unit: 1 << 10,
  /** A letter and a digit straight after it: `DE89`. */
  Code: 1 << 11,
  /** Digits that begin as a year of the 20th or 21st century. */
  Year: 1 << 12,
  /** Two full stops in a row. */
  Dots: 1 << 13,
  /** Brackets with one sign between. */
  EmptyParens: 1 << 14,
  /** Letters without case, or signs that are words. */
  Caseless: 1 << 15,
  /** Begins with a digit, or with one in brackets. */
  NumberFirst: 1 << 16,
  /** Four words or more with a capital. */
  Capitals: 1 << 17,
} as const;

/**
 * A document reduced to what evidence is found in: one pass over its signs gives the lines, their numbers and traits, and hands the words to the term counter. Its
 * arrays are filled anew for each document; a line's data stand at its index in each of them.
 */
export class DocumentShape {
  input: ClassifierInput = { pages: [], pageCount: 0 };
  readonly units = new Uint16Array(MAX_UNITS + MAX_TITLE_UNITS);
  readonly numbers = new Numbers(MAX_UNITS / 2 + 1);
  /** Words of the document; a sign of a script without spaces counts half. */
  words = 0;
  exclamations = 0;
  /** Bits by `Sign` and by `Trait` that any line has. */
  signs = 0;
  traits = 0;
  lineCount = 0;
  readonly lineFrom = new Uint32Array(MAX_LINES);
  readonly lineTo = new Uint32Array(MAX_LINES);
  readonly lineWords = new Float32Array(MAX_LINES);
  readonly lineDigits = new Uint16Array(MAX_LINES);
  /** Its first number; the next line's first number ends them. */
  readonly lineNumbers = new Uint32Array(MAX_LINES + 1);
  readonly lineSigns = new Uint32Array(MAX_LINES);
  readonly lineTraits = new Uint32Array(MAX_LINES);
  readonly #linePage = new Uint16Array(MAX_LINES);
  readonly #bytes = Buffer.from(this.units.buffer);
  readonly #terms: TermCounter;
  #pageFrom: number[] = [];
  #lineLetters = 0;

  /** @param terms counts the taxonomy's terms and finds the clues. */
  constructor(terms: TermCounter) {
    this.#terms = terms;
  }

  /** The text of a line. */
  lineText(line: number): string {
    const page = this.#linePage[line] as number;
    const from = this.#pageFrom[page] as number;
    const text = this.input.pages[page]?.text ?? "";
    return text.slice((this.lineFrom[line] as number) - from, (this.lineTo[line] as number) - from);
  }

  /** Numbers on a line. */
  numbersOn(line: number): number {
    return (this.lineNumbers[line + 1] as number) - (this.lineNumbers[line] as number);
  }

  /** Reads a document; what was read before is void. Leading and trailing blanks of lines are cut, empty lines dropped (they mark paragraphs). */
  read(input: ClassifierInput): void {
    this.input = input;
    this.words = this.exclamations = this.signs = this.traits = 0;
    this.lineCount = this.numbers.count = 0;
    this.#pageFrom = [];
    this.#terms.clear();
    if (input.title !== undefined) this.#readTitle(input.title);
    let from = LEAD_UNITS;
    input.pages.forEach((page, index) => {
      this.#pageFrom.push(from);
      if (page.verdict !== "garbled") from = this.#readPage(page.text, index, from);
    });
    this.lineNumbers[this.lineCount] = this.numbers.count;
  }

  #readTitle(title: string): void {
    const text = title.slice(0, MAX_TITLE_UNITS);
    this.#bytes.write(text, MAX_UNITS * 2, "utf16le");
    this.#terms.read(this.units, MAX_UNITS, MAX_UNITS + text.length, Field.Title, 0);
  }

  #readPage(whole: string, page: number, base: number): number {
    const text = whole.length > MAX_UNITS - base ? whole.slice(0, MAX_UNITS - base) : whole;
    const { units } = this;
    this.#bytes.write(text, base * 2, "utf16le");
    const pageEnd = base + text.length;
    let opens = true;
    for (let from = base; from < pageEnd;) {
      let to = text.indexOf("\n", from - base) + base;
      if (to < base) to = pageEnd;
      const next = to - from > MAX_LINE_UNITS ? from + MAX_LINE_UNITS : to + 1;
      if (next <= to) to = next;
      while (from < to && (units[from] as number) <= 0x20) from++;
      while (to > from && (units[to - 1] as number) <= 0x20) to--;
      if (opens) this.#terms.reset();
      opens = from === to;
      if (!opens) this.#readLine(from, to, page);
      from = next;
    }
    return pageEnd;
  }

  #readLine(from: number, to: number, page: number): void {
    const line = this.lineCount++;
    this.lineFrom[line] = from;
    this.lineTo[line] = to;
    this.#linePage[line] = page;
    this.lineNumbers[line] = this.numbers.count;
    this.#scanLine(line, from, to);
    if (this.lineDigits[line] !== 0) scanNumbers(this.units, from, to, this.numbers);
    const words = this.lineWords[line] as number;
    this.words += words;
    const first = this.units[from] as number;
    const last = this.units[to - 1] as number;
    this.#terms.read(this.units, from, to, this.#fieldOf(line, page, first, last), words);
    const clues = (this.#terms.clues & ANYWHERE) | (this.#terms.firstClues & AT_LINE_START) | signClues(first, last);
    const traits = (this.lineTraits[line] as number) | clues;
    this.lineTraits[line] = traits;
    this.traits |= traits;
    this.signs |= this.lineSigns[line] as number;
  }

  #scanLine(line: number, from: number, to: number): void {
    const { units } = this;
    let words = 0;
    let halves = 0;
    let digits = 0;
    let capitals = 0;
    let letters = 0;
    let signs = ANY_LINE;
    let traits = 0;
    let isInside = false;
    let lastDigit = -9;
    for (let index = from; index < to; index++) {
      const unit = units[index] as number;
      const charBits = charClass[unit] as number;
      const kind = charBits & KIND_BITS;
      if (kind === LETTER || kind === EXPANDS) {
        if (!isInside) {
          isInside = true;
          words++;
          if ((charBits & UPPER) !== 0) capitals++;
        }
        letters |= charBits;
        if ((charBits & (UPPER | LOWER)) === 0) traits |= Trait.Caseless;
        if (index - lastDigit <= 2) traits |= Trait.Unit;
      } else if (kind === SEPARATOR) {
        isInside = false;
        const sign = charBits >> SIGN_SHIFT;
        if (sign === 0) continue;
        signs |= 1 << sign;
        if (sign === Sign.Dot) {
          if (units[index - 1] === unit) traits |= Trait.Dots;
        } else if (sign === Sign.Paren) {
          if (unit === 0x29 && units[index - 2] === 0x28) traits |= Trait.EmptyParens;
        } else if (sign === Sign.Exclamation) this.exclamations++;
      } else if (kind === DIGIT) {
        if (!isInside) {
          isInside = true;
          words++;
        }
        if (index - lastDigit > 1) {
          if (index > from && isLetter(units[index - 1] as number)) traits |= Trait.Code;
          if (isCentury(unit, units[index + 1] as number)) traits |= Trait.Year;
        }
        digits++;
        lastDigit = index;
      } else if (kind === SINGLE) {
        isInside = false;
        halves++;
        traits |= index - lastDigit <= 2 ? Trait.Caseless | Trait.Unit : Trait.Caseless;
      }
    }
    if (capitals >= 4) traits |= Trait.Capitals;
    const first = units[from] as number;
    const second = units[from + 1] as number;
    if (isAsciiDigit(first) || isFullWidthDigit(first) || (first === 0x28 && isAsciiDigit(second)))
      traits |= Trait.NumberFirst;
    this.lineWords[line] = words + halves / 2;
    this.lineDigits[line] = digits;
    this.lineSigns[line] = signs;
    this.lineTraits[line] = traits;
    this.#lineLetters = letters;
  }

  /** Which field a line belongs to: the first lines, a heading or label (short, no full stop), or the body. */
  #fieldOf(line: number, page: number, first: number, last: number): FieldNumber {
    const words = this.lineWords[line] as number;
    if (words > 12) return Field.Body;
    if (line < HEAD_LINES && page === 0) return Field.Head;
    // . , ; and their full-width and Arabic kin end sentences, not headings.
    if (last === 0x2e || last === 0x2c || last === 0x3b || last === 0x3002 || last === 0x60c || last === 0xff0c)
      return Field.Body;
    const startsUpper = isLetter(first) && ((charClass[first] as number) & UPPER) !== 0;
    const isCaseless = (this.#lineLetters & (UPPER | LOWER)) === 0;
    return words <= 9 && (startsUpper || isCaseless) ? Field.Heading : Field.Body;
  }
}

function isLetter(unit: number): boolean {
  const kind = (charClass[unit] as number) & KIND_BITS;
  return kind === LETTER || kind === EXPANDS;
}

function isAsciiDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isFullWidthDigit(unit: number): boolean {
  return unit >= 0xff10 && unit <= 0xff19;
}

/** 19 or 20. */
function isCentury(unit: number, next: number): boolean {
  return (unit === 0x31 && next === 0x39) || (unit === 0x32 && next === 0x30);
}
