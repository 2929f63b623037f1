import { charClass, charFold, expansions } from "./char-classes.ts";
import { DIGIT, EXPANDS, KIND_BITS, LETTER, MARK, SEPARATOR, SINGLE } from "./char-kinds.ts";
import { Field, FIELDS, type FieldNumber } from "./field.ts";
import type { IndexArray, RuleTables } from "./rule-tables.ts";
import { isHebrew } from "./tokenize-term.ts";
import { filterBit, HASH_PRIME, HASH_START, wordKey } from "./word-hash.ts";

const MAX_ALTERNATIVES = 12;
const MAX_ACTIVE = 24;
const NUMBER_ID = 0;

/**
 * Finds all terms of a taxonomy in a text in one pass and counts them by field. Words become ids by a rolling hash; phrases are paths in a trie over ids, followed from
 * every word at once. A word has several ids when beginnings (`invoic*`) match too.
 */
export class TermCounter {
  /** By node, then field. Only those of `touched` nodes are not 0. */
  readonly counts: Uint16Array;
  readonly touched: IndexArray;
  touchedCount = 0;
  /** `Clue` bits of the words read last, and of the first of them. */
  clues = 0;
  firstClues = 0;

  readonly #tables: RuleTables;
  readonly #ids = new Uint32Array(MAX_ALTERNATIVES);
  #idCount = 0;
  #active = new Uint32Array(MAX_ACTIVE);
  #next = new Uint32Array(MAX_ACTIVE);
  #activeCount = 0;

  constructor(tables: RuleTables) {
    this.#tables = tables;
    this.counts = new Uint16Array(tables.edges.length * FIELDS);
    this.touched = new Uint32Array(tables.edges.length);
  }

  /** Forgets the words before: a phrase does not run over the edge of a paragraph. */
  reset(): void {
    this.#activeCount = 0;
  }

  /** Makes all counts 0 again. */
  clear(): void {
    const { counts, touched } = this;
    for (let index = 0; index < this.touchedCount; index++) {
      const base = (touched[index] as number) * FIELDS;
      counts[base] = counts[base + 1] = counts[base + 2] = counts[base + 3] = 0;
    }
    this.touchedCount = 0;
    this.#activeCount = 0;
  }

  /** Reads one line of `lineWords` words; phrases may run on from the line before. */
  read(units: Uint16Array, from: number, to: number, field: FieldNumber, lineWords: number): void {
    const filter = this.#tables.prefixFilter;
    this.clues = 0;
    this.firstClues = 0;
    let isFirst = true;
    let index = from;
    while (index < to) {
      let unit = units[index] as number;
      let kind = (charClass[unit] as number) & KIND_BITS;
      if (kind === SEPARATOR || kind === MARK) {
        index++;
        continue;
      }
      this.#idCount = 0;
      let hash = HASH_START;
      if (kind === SINGLE) {
        index++;
        this.#addWord(Math.imul(hash ^ unit, HASH_PRIME), 1);
      } else {
        const start = index;
        const isNumber = kind === DIGIT;
        let length = 0;
        for (;;) {
          if (kind === LETTER || kind === DIGIT) {
            hash = Math.imul(hash ^ (charFold[unit] as number), HASH_PRIME);
            length++;
            const bit = filterBit(hash);
            if (((filter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, length);
          } else if (kind === EXPANDS) {
            const at = charFold[unit] as number;
            for (let step = expansions[at] as number, of = at + 1; step > 0; step--, of++) {
              hash = Math.imul(hash ^ (expansions[of] as number), HASH_PRIME);
              length++;
              const bit = filterBit(hash);
              if (((filter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, length);
            }
          } else if (kind !== MARK && !isAbbreviationMark(units, index, from, to)) break;
          index++;
          if (index >= to) break;
          unit = units[index] as number;
          kind = (charClass[unit] as number) & KIND_BITS;
        }
        this.#addWord(hash, length);
        if (isNumber && this.#idCount < MAX_ALTERNATIVES) this.#ids[this.#idCount++] = NUMBER_ID;
        const first = units[start] as number;
        if (first >= 0x5d0 && first < 0x700) this.#addWithoutArticle(units, start, index);
      }
      if (this.#idCount === 0) this.#activeCount = 0;
      else this.#step(field, lineWords);
      if (isFirst) {
        this.firstClues = this.clues;
        isFirst = false;
      }
    }
  }

  #addWord(hash: number, length: number): void {
    const { wordKeys, wordIds } = this.#tables;
    const mask = wordKeys.length - 1;
    const key = wordKey(hash, length);
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const id = wordIds[slot] as number;
      if (id === 0) return;
      if (wordKeys[slot] === key) {
        if (this.#idCount < MAX_ALTERNATIVES) this.#ids[this.#idCount++] = id - 1;
        return;
      }
    }
  }

  #addPrefix(hash: number, length: number): void {
    const { prefixKeys, prefixIds } = this.#tables;
    const mask = prefixKeys.length - 1;
    const key = wordKey(hash, length);
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const id = prefixIds[slot] as number;
      if (id === 0) return;
      if (prefixKeys[slot] === key) {
        // The last place is kept for the whole word.
        if (this.#idCount < MAX_ALTERNATIVES - 1) this.#ids[this.#idCount++] = id - 1;
        return;
      }
    }
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
    const filter = this.#tables.prefixFilter;
    let hash = HASH_START;
    let length = 0;
    for (let index = start; index < end; index++) {
      const unit = units[index] as number;
      const kind = (charClass[unit] as number) & KIND_BITS;
      if (kind !== LETTER && kind !== DIGIT) continue;
      hash = Math.imul(hash ^ (charFold[unit] as number), HASH_PRIME);
      length++;
      const bit = filterBit(hash);
      if (((filter[bit >> 3] as number) & (1 << (bit & 7))) !== 0) this.#addPrefix(hash, length);
    }
    this.#addWord(hash, length);
  }

  /** Moves every open phrase on by the word just read, and opens those that begin with it. */
  #step(field: FieldNumber, lineWords: number): void {
    const { clues, roots, firstChild, edges } = this.#tables;
    const count = this.#idCount;
    const active = this.#active;
    const activeCount = this.#activeCount;
    const next = this.#next;
    let nextCount = 0;
    for (let choice = 0; choice < count; choice++) {
      const id = this.#ids[choice] as number;
      if (id < clues.length) this.clues |= clues[id] as number;
      const root = roots[id] as number;
      if (root !== 0) {
        this.#count(root - 1, field, lineWords);
        if (nextCount < MAX_ACTIVE) next[nextCount++] = root - 1;
      }
      for (let open = 0; open < activeCount; open++) {
        const parent = active[open] as number;
        let low = firstChild[parent] as number;
        let high = firstChild[parent + 1] as number;
        const end = high;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if ((edges[middle] as number) < id) low = middle + 1;
          else high = middle;
        }
        if (low === end || edges[low] !== id) continue;
        this.#count(low, field, lineWords);
        if (nextCount < MAX_ACTIVE) next[nextCount++] = low;
      }
    }
    this.#next = active;
    this.#active = next;
    this.#activeCount = nextCount;
  }

  #count(node: number, field: FieldNumber, lineWords: number): void {
    const { postingFrom, depths } = this.#tables;
    if (postingFrom[node] === postingFrom[node + 1]) return;
    const { counts } = this;
    const base = node * FIELDS;
    if (counts[base] === 0 && counts[base + 1] === 0 && counts[base + 2] === 0 && counts[base + 3] === 0)
      this.touched[this.touchedCount++] = node;
    // A heading that is little more than the term is where a document names itself.
    const at = field === Field.Heading && (depths[node] as number) * 1.7 >= lineWords ? Field.Head : field;
    counts[base + at] = (counts[base + at] as number) + 1;
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
