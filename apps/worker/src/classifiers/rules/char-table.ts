/**
 * One look-up a character instead of Unicode property expressions: what a UTF-16 unit is to the tokenizer, and the unit it folds to. Case, diacritics, vowel points,
 * presentation forms, full width and final sigma fold away, so that a term is found however the document writes it.
 */

/** Ends a word. */
export const SEPARATOR = 0;
/** Part of a word. */
export const LETTER = 1;
export const DIGIT = 2;
/** A token by itself: scripts written without spaces, and Hangul, whose endings join the word. */
export const SINGLE = 3;
/** Neither ends a word nor counts in it: accents, vowel points, soft hyphen. */
export const MARK = 4;
/** Folds to several units: `expansions` has them. */
export const EXPANDS = 5;

export const charKind = new Uint8Array(0x10000);
export const charFold = new Uint16Array(0x10000);
export const expansions = new Map<number, readonly number[]>();

const letterRanges: readonly (readonly [number, number])[] = [
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0xaa, 0xaa],
  [0xb5, 0xb5],
  [0xba, 0xba],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2af], // Latin
  [0x370, 0x373],
  [0x376, 0x377],
  [0x37b, 0x37d],
  [0x386, 0x386],
  [0x388, 0x3ff], // Greek
  [0x400, 0x481],
  [0x48a, 0x52f], // Cyrillic
  [0x531, 0x556],
  [0x561, 0x587], // Armenian
  [0x5d0, 0x5ea],
  [0x5f0, 0x5f2], // Hebrew
  [0x620, 0x63f],
  [0x641, 0x64a],
  [0x671, 0x6d3],
  [0x6fa, 0x6fc], // Arabic
  [0x900, 0xdff], // Indic scripts, vowel signs included: they are spelt, not decoration
  [0x10a0, 0x10ff],
  [0x1200, 0x137f], // Georgian, Ethiopic
  [0x1e00, 0x1fff], // Latin and Greek with diacritics
  [0xfb00, 0xfb06],
  [0xfb1d, 0xfb4f],
  [0xfb50, 0xfdfb],
  [0xfe70, 0xfefc], // presentation forms
  [0xff21, 0xff3a],
  [0xff41, 0xff5a], // full width
];
const singleRanges: readonly (readonly [number, number])[] = [
  [0xe01, 0xe4e],
  [0xe81, 0xedd],
  [0x1000, 0x109f],
  [0x1780, 0x17d3], // Thai, Lao, Burmese, Khmer
  [0x3005, 0x3007],
  [0x3041, 0x3096],
  [0x309d, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff], // kana
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff], // ideographs
  [0xac00, 0xd7a3], // Hangul
  [0xd800, 0xdfff], // halves of rarer signs
];
const markRanges: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x5bf, 0x5c7],
  [0x5f3, 0x5f4],
  [0x610, 0x61a],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6ed],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];
const digitRanges: readonly (readonly [number, number])[] = [
  [0x30, 0x39],
  [0x660, 0x669],
  [0x6f0, 0x6f9],
  [0x966, 0x96f],
  [0xff10, 0xff19],
];
// Letters that Unicode does not decompose but readers take for the same.
const plainForms: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ı: "i",
  ŀ: "l",
  ĳ: "ij",
  ς: "σ",
  ә: "а",
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ة: "ه",
  ؤ: "و",
  ئ: "ي",
  ک: "ك",
  ی: "ي",
  ھ: "ه",
};

fillTables();

function fillTables(): void {
  each(letterRanges, (code) => {
    if (code >= 0x900 && code <= 0xdff) set(code, [code]);
    else set(code, fold(code));
  });
  each(singleRanges, (code) => {
    charKind[code] = SINGLE;
    charFold[code] = code;
  });
  each(markRanges, (code) => {
    charKind[code] = MARK;
  });
  each(digitRanges, (code) => {
    charKind[code] = DIGIT;
    charFold[code] = 0x30 + digitOf(code);
  });
}

function each(ranges: readonly (readonly [number, number])[], visit: (code: number) => void): void {
  for (const [from, to] of ranges) for (let code = from; code <= to; code++) visit(code);
}

function set(code: number, folded: readonly number[]): void {
  const [first] = folded;
  if (first === undefined) charKind[code] = MARK;
  else if (folded.length === 1) {
    charKind[code] = LETTER;
    charFold[code] = first;
  } else {
    charKind[code] = EXPANDS;
    charFold[code] = first;
    expansions.set(code, folded);
  }
}

function fold(code: number): number[] {
  if (code >= 0x61 && code <= 0x7a) return [code];
  const folded: number[] = [];
  for (const unit of String.fromCharCode(code).normalize("NFKD").toLowerCase().normalize("NFKD")) {
    for (const plain of plainForms[unit] ?? unit) {
      const plainCode = plain.charCodeAt(0);
      if (!isMark(plainCode) && plainCode > 0x40) folded.push(plainCode);
    }
  }
  return folded;
}

function isMark(code: number): boolean {
  return markRanges.some(([from, to]) => code >= from && code <= to);
}

/** The value 0–9 of a unit whose kind is DIGIT. */
export function digitOf(code: number): number {
  if (code <= 0x39) return code - 0x30;
  if (code <= 0x669) return code - 0x660;
  if (code <= 0x6f9) return code - 0x6f0;
  if (code <= 0x96f) return code - 0x966;
  return code - 0xff10;
}
