import { indelSimilarity } from "./indel-similarity.ts";

/** How much of the true text was found, and in which order; every figure is between 0 and 1. */
export interface TextQuality {
  /** Character similarity (insertions and deletions), nothing normalised. */
  levRaw: number;
  /** The same after `normalise`. */
  lev: number;
  /** F1 of the bags of words; a CJK or Thai character is a word. */
  f1: number;
  /** Similarity of the sequences of words. */
  order: number;
  /** `lev` without white space: well above `lev` means wrong spaces or line breaks. */
  spc: number;
}

// Python's white space and word characters, which JavaScript's classes differ from: the figures must be comparable with
// those of the reference implementation in Python.
const SPACE = String.raw`\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000`;
const SPACES = new RegExp(`[${SPACE}]+`, "g");
const LINE_END_HYPHEN = new RegExp(
  String.raw`(?<=[\p{L}\p{N}_])[\-\u2010\u00ad\ufffe\x02][${SPACE}]*\n[${SPACE}]*(?=[\p{L}\p{Nl}\p{No}])`,
  "gv",
);
const INVISIBLE = new RegExp(String.raw`[\0\x02\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\u0640]`, "g");
const BULLET = /[ \t]*[\u2022\u25cf\u25aa\u25e6\u2043\u2713]/g;
const PLAIN: Record<string, string> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u2010": "-",
  "\u2011": "-",
  "\u2212": "-",
};
const TYPOGRAPHIC = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g");
const SINGLE = String.raw`\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f`;
const WORD = new RegExp(
  String.raw`[${SINGLE}]|[[\p{L}\p{N}]--[${SINGLE}]]+(?:[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]+[\p{L}\p{N}_]*)*`,
  "gv",
);
const POINTING = /[\u0591-\u05c7\u064b-\u065f\u0670]/g;

// Long documents are compared by their beginning, the extracted text cut in proportion: the time is quadratic.
const MOST_CHARACTERS = 40_000;
const MOST_WORDS = 15_000;

export function textQuality(truth: string, extracted: string): TextQuality {
  const wanted = unixLines(truth);
  const found = unixLines(extracted);
  const plainWanted = normalise(wanted);
  const plainFound = normalise(found);
  const [cutWanted, cutFound] = cut(characters(plainWanted), characters(plainFound), MOST_CHARACTERS);
  const wantedWords = words(plainWanted);
  const foundWords = words(plainFound);
  return {
    levRaw: similarity(...cut(characters(wanted), characters(found), MOST_CHARACTERS)),
    lev: similarity(cutWanted, cutFound),
    f1: (2 * common(wantedWords, foundWords)) / (wantedWords.length + foundWords.length || 1),
    order: similarity(...cut(wantedWords, foundWords, MOST_WORDS)),
    spc: similarity(withoutSpaces(cutWanted), withoutSpaces(cutFound)),
  };
}

/** NFKC without what says nothing about the words: line-end hyphens, joiners, direction marks, kinds of quotes and white space. */
export function normalise(text: string): string {
  return text
    .replaceAll("\f", "")
    .replace(LINE_END_HYPHEN, "")
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(TYPOGRAPHIC, (character) => PLAIN[character] ?? character)
    .replace(BULLET, " ")
    .replace(SPACES, " ")
    .replace(/^ | $/g, "");
}

/** Words of normalised text in lower case, without Hebrew and Arabic pointing. */
export function words(text: string): string[] {
  return text.replace(POINTING, "").toLowerCase().match(WORD) ?? [];
}

function unixLines(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** Code points, which is what a character is to the reference. */
function characters(text: string): string[] {
  return Array.from(text);
}

function withoutSpaces(all: readonly string[]): string[] {
  return all.filter((character) => character !== " ");
}

function cut(wanted: string[], found: string[], most: number): [string[], string[]] {
  if (wanted.length <= most) return [wanted, found];
  const share = roundHalfToEven((most * found.length) / wanted.length);
  return [wanted.slice(0, most), found.slice(0, Math.max(1, share))];
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function similarity(left: readonly string[], right: readonly string[]): number {
  const ids = new Map<string, number>();
  const numbered = (symbols: readonly string[]) =>
    Int32Array.from(symbols, (symbol) => {
      const id = ids.get(symbol) ?? ids.size;
      ids.set(symbol, id);
      return id;
    });
  return indelSimilarity(numbered(left), numbered(right));
}

function common(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let hits = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    hits += 1;
  }
  return hits;
}
