import { charFold, charKind, DIGIT, EXPANDS, expansions, LETTER, MARK, SINGLE } from "./char-table.ts";
import { HashTable } from "./hash-table.ts";
import { isHebrew, type TermToken } from "./tokenize-term.ts";

/** Called for each term found: its index, and how many words of the line it covers. */
export type OnMatch = (term: number, words: number) => void;

const HASH_START = 0x811c9dc5 | 0;
const MAX_ALTERNATIVES = 12;
const MAX_ACTIVE = 24;

/**
 * Finds all terms of a taxonomy in a text in one pass. Words become ids by a rolling FNV-1a hash (32 bits and length: among a few thousand terms one word in about a
 * million could be taken for another); phrases are paths in a trie over ids, followed from every word at once. A word has several ids when prefixes (`invoic*`) match too.
 */
export class TermMatcher {
  readonly #words: HashTable;
  readonly #prefixes: HashTable;
  // Says of most words' beginnings that they are no prefix, without looking in the table.
  readonly #prefixFilter = new Uint8Array(0x10000);
  readonly #numberId: number;
  readonly #children: HashTable;
  readonly #roots: Int32Array;
  readonly #terms: Int32Array;
  readonly #depths: Uint8Array;

  readonly #ids = new Int32Array(MAX_ALTERNATIVES);
  #idCount = 0;
  #active = new Int32Array(MAX_ACTIVE);
  #next = new Int32Array(MAX_ACTIVE);
  #activeCount = 0;

  /** @param terms phrases as words; equal ones should be given once. Terms without any word never match. */
  constructor(terms: readonly (readonly TermToken[])[]) {
    const ids = new Map<string, number>();
    const idOf = (token: TermToken): number => {
      const key = token.prefix ? `${token.text}*` : token.text;
      let id = ids.get(key);
      if (id === undefined) ids.set(key, (id = ids.size));
      return id;
    };
    this.#numberId = idOf({ text: "#", prefix: false, number: true });
    const paths = terms.map((tokens) => tokens.map(idOf));
    const totalTokens = paths.reduce((sum, path) => sum + path.length, 0);

    this.#words = new HashTable(ids.size);
    this.#prefixes = new HashTable(ids.size);
    for (const [key, id] of ids) {
      if (key === "#") continue;
      const prefix = key.endsWith("*");
      const text = prefix ? key.slice(0, -1) : key;
      const hash = hashOf(text);
      (prefix ? this.#prefixes : this.#words).set(hash, text.length, id);
      if (prefix) this.#prefixFilter[(hash ^ (hash >>> 16)) & 0xffff] = 1;
    }

    this.#children = new HashTable(totalTokens);
    this.#roots = new Int32Array(ids.size).fill(-1);
    this.#terms = new Int32Array(totalTokens + 1).fill(-1);
    this.#depths = new Uint8Array(totalTokens + 1);
    let nodes = 0;
    paths.forEach((path, term) => {
      let node = -1;
      path.forEach((id, depth) => {
        let child = node === -1 ? (this.#roots[id] as number) : this.#children.get(node, id);
        if (child === -1) {
          child = nodes++;
          this.#depths[child] = Math.min(255, depth + 1);
          if (node === -1) this.#roots[id] = child;
          else this.#children.set(node, id, child);
        }
        node = child;
      });
      if (node !== -1 && this.#terms[node] === -1) this.#terms[node] = term;
    });
  }

  /** Forgets the words before: a phrase does not run over the edge of a paragraph. */
  reset(): void {
    this.#activeCount = 0;
  }

  /** Reads one line; phrases may run on from the line before. Returns its number of words (a sign of a script without spaces is half a word). */
  read(line: string, onMatch: OnMatch): number {
    const length = line.length;
    const prefixFilter = this.#prefixFilter;
    const words = this.#words;
    let wordCount = 0;
    let index = 0;
    while (index < length) {
      let code = line.charCodeAt(index);
      let kind = charKind[code] as number;
      if (kind === 0 || kind === MARK) {
        index++;
        continue;
      }
      this.#idCount = 0;
      if (kind === SINGLE) {
        const id = words.get(Math.imul(HASH_START ^ code, 0x01000193), 1);
        if (id !== -1) this.#ids[this.#idCount++] = id;
        wordCount += 0.5;
        index++;
        if (this.#idCount === 0) this.#activeCount = 0;
        else this.#step(onMatch);
        continue;
      }
      wordCount++;
      const start = index;
      const isNumber = kind === DIGIT;
      let hash = HASH_START;
      let count = 0;
      for (;;) {
        if (kind === LETTER || kind === DIGIT) {
          hash = Math.imul(hash ^ (charFold[code] as number), 0x01000193);
          count++;
          if (prefixFilter[(hash ^ (hash >>> 16)) & 0xffff] === 1) this.#addPrefix(hash, count);
        } else if (kind === EXPANDS) {
          for (const unit of expansions.get(code) ?? []) {
            hash = Math.imul(hash ^ unit, 0x01000193);
            count++;
            if (prefixFilter[(hash ^ (hash >>> 16)) & 0xffff] === 1) this.#addPrefix(hash, count);
          }
        } else if (
          kind !== MARK &&
          !(code === 0x22 && isHebrew(line.charCodeAt(index - 1)) && isHebrew(line.charCodeAt(index + 1)))
        )
          break;
        index++;
        if (index >= length) break;
        code = line.charCodeAt(index);
        kind = charKind[code] as number;
      }
      const id = words.get(hash, count);
      if (id !== -1 && this.#idCount < MAX_ALTERNATIVES) this.#ids[this.#idCount++] = id;
      if (isNumber && this.#idCount < MAX_ALTERNATIVES) this.#ids[this.#idCount++] = this.#numberId;
      const first = line.charCodeAt(start);
      if (first >= 0x5d0 && first < 0x700) this.#addWithoutArticle(line, start, index);
      if (this.#idCount === 0) this.#activeCount = 0;
      else this.#step(onMatch);
    }
    return wordCount;
  }

  /** Arabic and Hebrew join article, conjunction and preposition to the word: look for what is left without them as well. */
  #addWithoutArticle(line: string, start: number, end: number): void {
    let stem = start;
    if (isHebrew(line.charCodeAt(start))) {
      // ה ו ב ל מ ש כ, at most two of them.
      for (let step = 0; step < 2 && end - stem > 3 && HEBREW_PREFIXES.includes(line.charAt(stem)); step++) {
        stem++;
        this.#addStem(line, stem, end);
      }
      return;
    }
    if (
      end - stem > 4 &&
      ARABIC_PREFIXES.includes(line.charAt(stem)) &&
      line.charAt(stem + 1) === "ا" &&
      line.charAt(stem + 2) === "ل"
    )
      this.#addStem(line, stem + 3, end);
    else if (end - stem > 3 && line.charAt(stem) === "ا" && line.charAt(stem + 1) === "ل")
      this.#addStem(line, stem + 2, end);
    else if (end - stem > 4 && line.charAt(stem) === "ل" && line.charAt(stem + 1) === "ل")
      this.#addStem(line, stem + 2, end);
    else if (end - stem > 3 && ARABIC_PREFIXES.includes(line.charAt(stem))) this.#addStem(line, stem + 1, end);
  }

  #addStem(line: string, start: number, end: number): void {
    let hash = HASH_START;
    let count = 0;
    for (let index = start; index < end; index++) {
      const code = line.charCodeAt(index);
      const kind = charKind[code];
      if (kind !== LETTER && kind !== DIGIT) continue;
      hash = Math.imul(hash ^ (charFold[code] as number), 0x01000193);
      count++;
      if (this.#prefixFilter[(hash ^ (hash >>> 16)) & 0xffff] === 1) this.#addPrefix(hash, count);
    }
    const id = this.#words.get(hash, count);
    if (id !== -1 && this.#idCount < MAX_ALTERNATIVES) this.#ids[this.#idCount++] = id;
  }

  #addPrefix(hash: number, length: number): void {
    const id = this.#prefixes.get(hash, length);
    if (id !== -1 && this.#idCount < MAX_ALTERNATIVES - 1) this.#ids[this.#idCount++] = id;
  }

  /** Moves every open phrase on by the word just read, and opens those that begin with it. */
  #step(onMatch: OnMatch): void {
    const count = this.#idCount;
    const next = this.#next;
    let nextCount = 0;
    for (let choice = 0; choice < count; choice++) {
      const id = this.#ids[choice] as number;
      for (let open = -1; open < this.#activeCount; open++) {
        const node = open === -1 ? (this.#roots[id] as number) : this.#children.get(this.#active[open] as number, id);
        if (node === -1) continue;
        const term = this.#terms[node] as number;
        if (term !== -1) onMatch(term, this.#depths[node] as number);
        if (nextCount < MAX_ACTIVE) next[nextCount++] = node;
      }
    }
    this.#next = this.#active;
    this.#active = next;
    this.#activeCount = nextCount;
  }
}

const HEBREW_PREFIXES = "הובלמשכ";
const ARABIC_PREFIXES = "وفبكل";

function hashOf(text: string): number {
  let hash = HASH_START;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
