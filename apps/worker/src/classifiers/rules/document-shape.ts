import { charClass } from "./char-classes.ts";
import { EXPANDS, KIND_BITS, LETTER, UPPER } from "./char-kinds.ts";
import type { ClassifierInput } from "./classifier-input.ts";
import { AT_LINE_START, signClues } from "./clue.ts";
import { Field, type FieldNumber } from "./field.ts";
import { isBulleted, isQuestion } from "./line-edges.ts";
import { LineReader } from "./line-reader.ts";
import { Numbers } from "./numbers.ts";
import type { RuleTables } from "./rule-tables.ts";
import { scanNumbers } from "./scan-numbers.ts";
import type { TermCounts } from "./term-counts.ts";

/** Text beyond this is not read: labels are decided long before, and one document must not hold up its neighbours. */
const MAX_UNITS = 48_000;
const MAX_TITLE_UNITS = 1_000;
/** A longer line is read in pieces: no expression is run over more than this at a time. */
const MAX_LINE_UNITS = 2_000;
const MAX_LINES = MAX_UNITS / 2 + 1;
const HEAD_LINES = 6;
/** Signs before the first one, so that looking back never leaves the array. */
const LEAD_UNITS = 2;

/**
 * A document reduced to what evidence is found in: one pass over its signs gives the lines, their numbers and traits, and counts the taxonomy's terms. Its
 * arrays are filled anew for each document; a line's data stand at its index in each of them.
 */
export class DocumentShape {
  input: ClassifierInput = { pages: [], pageCount: 0 };
  readonly units = new Uint16Array(MAX_UNITS + MAX_TITLE_UNITS);
  readonly numbers = new Numbers(MAX_UNITS / 2 + 1);
  /** Words of the document; a sign of a script without spaces counts half. */
  words = 0;
  // What is only counted: lines that ask, begin with a bullet, have at most 16 words, or are rows of numbers; exclamation marks; words in paragraphs.
  questions = 0;
  bullets = 0;
  shortLines = 0;
  numberRows = 0;
  exclamations = 0;
  wordsInProse = 0;
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
  readonly #reader: LineReader;
  readonly #counts: TermCounts;
  #pageFrom: number[] = [];
  #followsLong = false;

  /** @param counts what is counted of the taxonomy's terms */
  constructor(tables: RuleTables, counts: TermCounts) {
    this.#reader = new LineReader(tables);
    this.#counts = counts;
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
    this.words = this.signs = this.traits = 0;
    this.questions = this.bullets = this.shortLines = this.numberRows = this.exclamations = this.wordsInProse = 0;
    this.#followsLong = false;
    this.lineCount = 0;
    this.numbers.clear();
    this.#pageFrom = [];
    this.#counts.clear();
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
    const reader = this.#reader;
    reader.reset();
    reader.read(this.units, MAX_UNITS, MAX_UNITS + text.length);
    this.#counts.add(reader.found, reader.foundCount, Field.Title, reader.words);
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
      if (opens) this.#reader.reset();
      opens = from === to;
      if (!opens) this.#readLine(from, to, page);
      from = next;
    }
    return pageEnd;
  }

  #readLine(from: number, to: number, page: number): void {
    const { units, numbers } = this;
    const reader = this.#reader;
    const line = this.lineCount++;
    reader.read(units, from, to);
    this.lineFrom[line] = from;
    this.lineTo[line] = to;
    this.#linePage[line] = page;
    this.lineNumbers[line] = numbers.count;
    this.lineWords[line] = reader.words;
    this.lineDigits[line] = reader.digits;
    if (reader.digits !== 0) scanNumbers(units, from, to, numbers);
    const first = units[from] as number;
    const last = units[to - 1] as number;
    const traits = (reader.traits & ~AT_LINE_START) | (reader.firstClues & AT_LINE_START) | signClues(first, last);
    this.lineTraits[line] = traits;
    this.lineSigns[line] = reader.signs;
    this.traits |= traits;
    this.signs |= reader.signs;
    this.words += reader.words;
    this.exclamations += reader.exclamations;
    this.#tally(from, to, reader.words, numbers.count - (this.lineNumbers[line] as number));
    if (reader.foundCount !== 0)
      this.#counts.add(reader.found, reader.foundCount, this.#fieldOf(line, page, first, last), reader.words);
  }

  #tally(from: number, to: number, words: number, numberCount: number): void {
    const { units, numbers } = this;
    if (isQuestion(units, from, to)) this.questions++;
    if (isBulleted(units, from, to)) this.bullets++;
    if (words > 0 && words <= 16) this.shortLines++;
    if (numberCount >= 2 && words <= 22 && numberCount * 2.5 >= words) {
      const endsInNumber = (numbers.ends[numbers.count - 1] as number) >= to - 3;
      if (endsInNumber) this.numberRows++;
    }
    // A paragraph is one long line, or full lines one under another, as extractors keep the line breaks of the page.
    const isLong = words >= 9 && numberCount <= 3;
    if (words >= 30 || (isLong && this.#followsLong)) this.wordsInProse += words;
    this.#followsLong = isLong;
  }

  /** Which field the line read last belongs to: the first lines, a heading or label (short, no full stop), or the body. */
  #fieldOf(line: number, page: number, first: number, last: number): FieldNumber {
    const { words, isCaseless } = this.#reader;
    if (words > 12) return Field.Body;
    if (line < HEAD_LINES && page === 0) return Field.Head;
    // . , ; and their full-width and Arabic kin end sentences, not headings.
    if (last === 0x2e || last === 0x2c || last === 0x3b || last === 0x3002 || last === 0x60c || last === 0xff0c)
      return Field.Body;
    return words <= 9 && (isCaseless || isCapital(first)) ? Field.Heading : Field.Body;
  }
}

function isCapital(unit: number): boolean {
  const charBits = charClass[unit] as number;
  const kind = charBits & KIND_BITS;
  return (kind === LETTER || kind === EXPANDS) && (charBits & UPPER) !== 0;
}
