import { charClass, charFold, expansions } from "./char-classes.ts";
import {
  DIGIT,
  EXPANDS,
  KIND_BITS,
  LETTER,
  LOWER,
  MARK,
  SEPARATOR,
  Sign,
  SIGN_SHIFT,
  SINGLE,
  UPPER,
} from "./char-kinds.ts";
import { AFTER_DIGITS } from "./clue.ts";
import { isHebrew } from "./hebrew.ts";
import { Entry, type RuleTables } from "./rule-tables.ts";
import { signTraits } from "./sign-traits.ts";
import { ANY_LINE, Trait } from "./trait.ts";
import { HASH_PRIME, HASH_START, pairBit, prefixBit, wordBit, wordKey } from "./word-hash.ts";

const MAX_ALTERNATIVES = 12;
const MAX_ACTIVE = 24;
const MAX_FOUND = 4_096;

/**
 * Reads lines, each in one pass over its signs: counts words and digits, sees signs and traits, and finds all terms of a taxonomy. Words become ids by a rolling hash;
 * phrases are paths in a trie over ids, followed from every word at once. A word has several ids when beginnings (`invoic*`) match too.
 */
export class LineReader {
  // Of the line read last:
  /** A sign of a script without spaces counts half. */
  words = 0;
  digits = 0;
  exclamations = 0;
  /** Bits by `Sign`. */
  signs = 0;
  /** Bits by `Trait`, those of clues included. */
  traits = 0;
  /** `Clue` bits of the first word. */
  firstClues = 0;
  isCaseless = true;
  /** Trie nodes at which terms end, as often as they were found. */
  readonly found = new Uint32Array(MAX_FOUND);
  foundCount = 0;

  readonly #tables: RuleTables;
  // Of the word read last: its hash, folded length, digits, and the bits of all its signs' classes.
  #hash = 0;
  #length = 0;
  #wordDigits = 0;
  #wordBits = 0;
  /** Entries of the word, its own and those of its beginnings. */
  readonly #entries = new Int32Array(MAX_ALTERNATIVES);
  #entryCount = 0;
  #clues = 0;
  /** Which clues count for the word. */
  #clueMask = 0;
  #active = new Uint32Array(MAX_ACTIVE);
  #next = new Uint32Array(MAX_ACTIVE);
  #activeCount = 0;

  constructor(tables: RuleTables) {
    this.#tables = tables;
  }

  /** Forgets the words before: a phrase does not run over the edge of a paragraph. */
  reset(): void {
    this.#activeCount = 0;
  }

  /** Reads one line; phrases may run on from the line before. */
  read(units: Uint16Array, from: number, to: number): void {
    let words = 0;
    let halves = 0;
    let digits = 0;
    let capitals = 0;
    let letterBits = 0;
    let signs = ANY_LINE;
    let traits = 0;
    let digitsEnd = -1;
    let isFirst = true;
    this.foundCount = 0;
    this.exclamations = 0;
    this.#clues = 0;
    this.firstClues = 0;
    let index = from;
    while (index < to) {
      const unit = units[index] as number;
      const charBits = charClass[unit] as number;
      const kind = charBits & KIND_BITS;
      if (kind === SEPARATOR) {
        const sign = charBits >> SIGN_SHIFT;
        if (sign !== 0) {
          signs |= 1 << sign;
          if (sign < Sign.Exclamation) traits |= signTraits(sign, units, index);
          else if (sign === Sign.Exclamation) this.exclamations++;
        }
        index++;
        continue;
      }
      if (kind === MARK) {
        index++;
        continue;
      }
      // A unit may stand one sign off: `20 kg`.
      this.#clueMask = digitsEnd !== -1 && index - digitsEnd <= 1 ? -1 : ~AFTER_DIGITS;
      this.#entryCount = 0;
      if (kind === SINGLE) {
        halves++;
        traits |= Trait.Caseless;
        index++;
        this.#lookUp(wordKey(Math.imul(HASH_START ^ unit, HASH_PRIME), 1));
      } else {
        words++;
        const start = index;
        index = this.#readWord(units, index, to);
        const wordBits = this.#wordBits;
        letterBits |= wordBits;
        if ((wordBits & DIGIT) !== 0) {
          digits += this.#wordDigits;
          digitsEnd = index;
          if (kind === DIGIT && isCentury(unit, units[start + 1] as number)) traits |= Trait.Year;
          if ((wordBits & LETTER) !== 0) {
            traits |= Trait.Code | Trait.Year;
            if (kind === DIGIT) this.#addUnit(units, start, index);
          }
        }
        if (kind !== DIGIT) {
          if ((charBits & UPPER) !== 0) capitals++;
          else if ((charBits & LOWER) === 0) traits |= Trait.Caseless;
        }
        this.#lookUp(wordKey(this.#hash, this.#length));
        if (kind === DIGIT) this.#addEntry(this.#tables.meta.numberEntry);
        if (unit >= 0x5d0 && unit < 0x700) this.#addWithoutArticle(units, start, index);
      }
      if (this.#entryCount === 0) this.#activeCount = 0;
      else this.#step();
      if (isFirst) {
        this.firstClues = this.#clues;
        isFirst = false;
      }
    }
    if (capitals >= 4) traits |= Trait.Capitals;
    const opening = units[from] as number;
    if (isPlainDigit(opening) || (opening === 0x28 && isPlainDigit(units[from + 1] as number)))
      traits |= Trait.NumberFirst;
    this.words = words + halves / 2;
    this.digits = digits;
    this.signs = signs;
    this.traits = traits | this.#clues;
    this.isCaseless = (letterBits & (UPPER | LOWER)) === 0;
  }

  /** Reads the word that begins at `from`; gives where it ends. The hottest loop, and so a small one: it is compiled early and soon. */
  #readWord(units: Uint16Array, from: number, to: number): number {
    const { prefixFilter } = this.#tables;
    let hash = HASH_START;
    let length = 0;
    let bits = 0;
    let digits = 0;
    let index = from;
    for (; index < to; index++) {
      const unit = units[index] as number;
      const charBits = charClass[unit] as number;
      const kind = charBits & KIND_BITS;
      if (kind !== LETTER && kind !== DIGIT) {
        if (kind === MARK) continue;
        if (kind === EXPANDS) {
          bits |= charBits;
          hash = this.#expand(unit, hash, length);
          length += expansions[charFold[unit] as number] as number;
          continue;
        }
        if (unit === 0x22 && isAbbreviationMark(units, index, from, to)) continue;
        break;
      }
      bits |= charBits;
      // 1 for a digit, 0 for a letter.
      digits += kind >> 1;
      hash = Math.imul(hash ^ (charFold[unit] as number), HASH_PRIME);
      length++;
      const bit = prefixBit(hash);
      if (((prefixFilter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, length);
    }
    this.#hash = hash;
    this.#length = length;
    this.#wordBits = bits;
    this.#wordDigits = digits;
    return index;
  }

  /** Goes on hashing with the units that one unit folds to. */
  #expand(unit: number, before: number, beforeLength: number): number {
    const { prefixFilter } = this.#tables;
    const at = charFold[unit] as number;
    const count = expansions[at] as number;
    let hash = before;
    for (let step = 1; step <= count; step++) {
      hash = Math.imul(hash ^ (expansions[at + step] as number), HASH_PRIME);
      const bit = prefixBit(hash);
      if (((prefixFilter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, beforeLength + step);
    }
    return hash;
  }

  #lookUp(key: number): void {
    const { wordFilter, wordSlots } = this.#tables;
    const bit = wordBit(key);
    if (((wordFilter[bit >> 3] as number) & (1 << (bit & 7))) === 0) return;
    const entry = entryAt(wordSlots, key);
    if (entry !== -1) this.#addEntry(entry);
  }

  /** The clue of a unit written without a blank: `20kg`, `18h30`. */
  #addUnit(units: Uint16Array, from: number, to: number): void {
    const { clues, wordSlots } = this.#tables;
    let index = from;
    while (index < to && ((charClass[units[index] as number] as number) & KIND_BITS) === DIGIT) index++;
    let hash = HASH_START;
    let length = 0;
    for (; index < to && ((charClass[units[index] as number] as number) & KIND_BITS) === LETTER; index++, length++)
      hash = Math.imul(hash ^ (charFold[units[index] as number] as number), HASH_PRIME);
    const entry = entryAt(wordSlots, wordKey(hash, length));
    if (entry !== -1 && (entry & Entry.Clue) !== 0)
      this.#clues |= (clues[entry & Entry.IdBits] as number) & AFTER_DIGITS;
  }

  #addEntry(entry: number): void {
    if (this.#entryCount < MAX_ALTERNATIVES) this.#entries[this.#entryCount++] = entry;
  }

  #addPrefix(hash: number, length: number): void {
    // The last place is kept for the whole word.
    if (this.#entryCount === MAX_ALTERNATIVES - 1) return;
    const entry = entryAt(this.#tables.prefixSlots, wordKey(hash, length));
    if (entry !== -1) this.#addEntry(entry);
  }

  /** Arabic and Hebrew join article, conjunction and preposition to the word: look for what is left without them as well. */
  #addWithoutArticle(units: Uint16Array, start: number, end: number): void {
    let stem = start;
    if (isHebrew(units[start] as number)) {
      // ה ו ב ל מ ש כ, at most two of them.
      for (let step = 0; step < 2 && end - stem > 3 && HEBREW_PREFIXES.includes(units[stem] as number); step++) {
        stem++;
        this.#addStem(units, stem, end);
      }
      return;
    }
    const first = units[stem] as number;
    const second = units[stem + 1] as number;
    const joined = ARABIC_PREFIXES.includes(first);
    if (end - stem > 4 && joined && second === ALEF && units[stem + 2] === LAM) stem += 3;
    else if (end - stem > 3 && first === ALEF && second === LAM) stem += 2;
    else if (end - stem > 4 && first === LAM && second === LAM) stem += 2;
    else if (end - stem > 3 && joined) stem += 1;
    else return;
    this.#addStem(units, stem, end);
  }

  #addStem(units: Uint16Array, start: number, end: number): void {
    const { prefixFilter } = this.#tables;
    let hash = HASH_START;
    let length = 0;
    for (let index = start; index < end; index++) {
      const unit = units[index] as number;
      const kind = (charClass[unit] as number) & KIND_BITS;
      if (kind !== LETTER && kind !== DIGIT) continue;
      hash = Math.imul(hash ^ (charFold[unit] as number), HASH_PRIME);
      length++;
      const bit = prefixBit(hash);
      if (((prefixFilter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, length);
    }
    this.#lookUp(wordKey(hash, length));
  }

  /** Moves every open phrase on by the word just read, and opens those that begin with it. */
  #step(): void {
    const { clues, pairFilter, meta } = this.#tables;
    const entries = this.#entries;
    const active = this.#active;
    const activeCount = this.#activeCount;
    const next = this.#next;
    let nextCount = 0;
    for (let choice = 0; choice < this.#entryCount; choice++) {
      const entry = entries[choice] as number;
      const id = entry & Entry.IdBits;
      if ((entry & Entry.Clue) !== 0) this.#clues |= (clues[id] as number) & this.#clueMask;
      if (id < meta.rootCount) nextCount = this.#reach(id, entry, next, nextCount);
      for (let open = 0; open < activeCount; open++) {
        const parent = active[open] as number;
        const bit = pairBit(parent, id);
        if (((pairFilter[bit >> 3] as number) & (1 << (bit & 7))) === 0) continue;
        const child = this.#childOf(parent, id);
        if (child !== -1) nextCount = this.#reach(child, this.#tables.edges[child] as number, next, nextCount);
      }
    }
    this.#next = active;
    this.#active = next;
    this.#activeCount = nextCount;
  }

  /** Notes that the words lead to a node: a term may end there, and phrases go on from it. */
  #reach(node: number, entry: number, next: Uint32Array, nextCount: number): number {
    if ((entry & Entry.Ends) !== 0 && this.foundCount < MAX_FOUND) this.found[this.foundCount++] = node;
    if ((entry & Entry.GoesOn) === 0 || nextCount === MAX_ACTIVE) return nextCount;
    next[nextCount] = node;
    return nextCount + 1;
  }

  #childOf(parent: number, id: number): number {
    const { firstChild, edges } = this.#tables;
    const end = firstChild[parent + 1] as number;
    let low = firstChild[parent] as number;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((edges[middle] as number) & Entry.IdBits) < id) low = middle + 1;
      else high = middle;
    }
    return low < end && ((edges[low] as number) & Entry.IdBits) === id ? low : -1;
  }
}

function entryAt(slots: Int32Array, key: number): number {
  const mask = slots.length - 1;
  for (let at = (key << 1) & mask; ; at = (at + 2) & mask) {
    const entry = slots[at + 1] as number;
    if (entry === 0) return -1;
    if (slots[at] === key) return entry - 1;
  }
}

const HEBREW_PREFIXES = Array.from("הובלמשכ", (sign) => sign.charCodeAt(0));
const ARABIC_PREFIXES = Array.from("وفبكل", (sign) => sign.charCodeAt(0));
const ALEF = 0x627;
const LAM = 0x644;

/** A double quote between two letters of a Hebrew abbreviation. */
function isAbbreviationMark(units: Uint16Array, index: number, from: number, to: number): boolean {
  return (
    units[index] === 0x22 &&
    index > from &&
    index + 1 < to &&
    isHebrew(units[index - 1] as number) &&
    isHebrew(units[index + 1] as number)
  );
}

/** 19 or 20. */
function isCentury(unit: number, next: number): boolean {
  return (unit === 0x31 && next === 0x39) || (unit === 0x32 && next === 0x30);
}

/** A digit of Latin or East Asian text. */
function isPlainDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0xff10 && unit <= 0xff19);
}
