import { DIGIT, EXPANDS, LETTER, LOWER, MARK, Sign, SIGN_SHIFT, SINGLE, UPPER } from "./char-kinds.ts";

/**
 * Makes the tables that `char-classes.ts` reads: what each UTF-16 unit is to the tokenizer, and the unit it folds to. Case, diacritics, vowel points, presentation
 * forms, full width and final sigma fold away, so that a term is found however the document writes it. It takes thousands of normalizations, so it runs when the
 * sources change and not at start.
 */

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

/** Signs that evidence is made of, each with the slot that says so. */
const signs: readonly (readonly [string, number])[] = [
  ["=＝", Sign.Equals],
  ['“„«『"', Sign.Quote],
  ["!！", Sign.Exclamation],
  ["[]", Sign.Bracket],
  ["()（）「」", Sign.Paren],
  ["–—", Sign.Dash],
  ["*•#·", Sign.Mask],
  ["_…", Sign.Rule],
  ["☐☑☒□◻▢⬜❏❑\uf0a8\uf06f\uf071", Sign.Box],
  [":：", Sign.Colon],
  ["∑∫∂√≤≥≠≈±×÷∈∀∃<>", Sign.Math],
  ["/", Sign.Slash],
  ["\t", Sign.Tab],
  ["-", Sign.Hyphen],
  [",;、，", Sign.Comma],
  ["°℃℉", Sign.Degree],
  [".", Sign.Dot],
  ["@", Sign.At],
  ["~～", Sign.Tilde],
  ["£$€¥₹₽₺₩₪₫฿₴₦₱￥", Sign.Currency],
];

/** The bytes of `generated/char-classes.bin`: two pages of look-ups over 256 units each, equal ones stored once, and the longer foldings. */
export function buildCharClasses(): Uint8Array {
  const classes = new Uint8Array(0x10000);
  const folds = new Uint16Array(0x10000);
  const expansions: number[] = [];
  const letter = (code: number, folded: readonly number[]): void => {
    const text = String.fromCharCode(code);
    const upper = text.toLowerCase() === text ? 0 : UPPER;
    const lower = text.toUpperCase() === text ? 0 : LOWER;
    const [first] = folded;
    if (first === undefined) {
      classes[code] = MARK;
    } else if (folded.length === 1) {
      classes[code] = LETTER | upper | lower;
      folds[code] = first;
    } else {
      classes[code] = EXPANDS | upper | lower;
      folds[code] = expansions.length;
      expansions.push(folded.length, ...folded);
    }
  };
  for (const [text, sign] of signs) for (const unit of units(text)) classes[unit] = sign << SIGN_SHIFT;
  // Indic scripts are kept as they are: their signs spell.
  each(letterRanges, (code) => letter(code, code >= 0x900 && code <= 0xdff ? [code] : fold(code)));
  each(singleRanges, (code) => (classes[code] = SINGLE));
  each(markRanges, (code) => (classes[code] = MARK));
  each(digitRanges, (code) => {
    classes[code] = DIGIT;
    folds[code] = 0x30 + digitOf(code);
  });
  const classPages = pagesOf(new Uint8Array(classes.buffer), 256);
  const foldPages = pagesOf(new Uint8Array(folds.buffer), 512);
  return Buffer.concat([
    new Uint8Array(Uint16Array.of(classPages.pages.length, foldPages.pages.length, expansions.length, 0).buffer),
    classPages.index,
    foldPages.index,
    ...classPages.pages,
    ...foldPages.pages,
    new Uint8Array(Uint16Array.from(expansions).buffer),
  ]);
}

function pagesOf(table: Uint8Array, pageBytes: number): { index: Uint8Array; pages: Uint8Array[] } {
  const index = new Uint8Array(256);
  const pages: Uint8Array[] = [];
  for (let page = 0; page < 256; page++) {
    const bytes = table.subarray(page * pageBytes, (page + 1) * pageBytes);
    let known = pages.findIndex((other) => Buffer.compare(other, bytes) === 0);
    if (known === -1) known = pages.push(bytes) - 1;
    index[page] = known;
  }
  return { index, pages };
}

function units(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0));
}

function each(ranges: readonly (readonly [number, number])[], visit: (code: number) => void): void {
  for (const [from, to] of ranges) for (let code = from; code <= to; code++) visit(code);
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

function digitOf(code: number): number {
  return code - (digitRanges.find(([from, to]) => code >= from && code <= to)?.[0] ?? code);
}
