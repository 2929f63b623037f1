/** One word of a text: as it is compared, and the part of the text that it stands for (UTF-16 units). */
export interface TextWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** Counted from 1; words that touch in the text have neighbouring numbers. */
  readonly position: number;
  /** One of a script that sets no spaces: a pair of characters, or the last one. It is compared as it is. */
  readonly pair: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// Scripts whose words touch: any pair of characters may be a word, or its beginning.
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ー`;
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
// The longest that anybody looks for; base64 and columns of dots have longer ones.
const MAX_WORD_CHARS = 64;

/**
 * The words of a text in their order: runs of letters, digits and their marks. The same rules for documents and for what
 * is looked for, on every server and for every script, which the parser of PostgreSQL is not: in the locale C, that of the
 * embedded one, it takes every character outside of ASCII for a letter.
 */
export function* textWords(text: string): Generator<TextWord, void, undefined> {
  let position = 0;
  for (const { 0: found, index } of text.matchAll(WORD)) {
    if (!HAS_UNSPACED.test(found)) {
      position += 1;
      yield { word: lower(found), start: index, end: index + found.length, position, pair: false };
      continue;
    }
    for (const { 0: run, index: within } of found.matchAll(RUNS)) {
      const start = index + within;
      if (!HAS_UNSPACED.test(run)) {
        position += 1;
        yield { word: lower(run), start, end: start + run.length, position, pair: false };
      } else {
        for (const pair of pairs(run, start)) {
          position += 1;
          yield { ...pair, position, pair: true };
        }
      }
    }
  }
}

/** Pairs of characters that overlap, then the last one alone, so that each character begins one. */
function* pairs(run: string, start: number): Generator<{ word: string; start: number; end: number }, void, undefined> {
  let at = start;
  const characters = Array.from(run);
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? "";
    yield { word: lower(character + next), start: at, end: at + character.length + next.length };
    at += character.length;
  }
}

function lower(word: string): string {
  return word.slice(0, MAX_WORD_CHARS).normalize("NFKC").toLowerCase();
}
