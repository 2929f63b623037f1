// What a UTF-16 unit is to the tokenizer: the low three bits of its class.

/** Ends a word. */
export const SEPARATOR = 0;
/** Part of a word. */
export const LETTER = 1;
export const DIGIT = 2;
/** A token by itself: scripts written without spaces, and Hangul, whose endings join the word. */
export const SINGLE = 3;
/** Neither ends a word nor counts in it: accents, vowel points, soft hyphen. */
export const MARK = 4;
/** A letter that folds to several units. */
export const EXPANDS = 5;
export const KIND_BITS = 7;

/** Bits of a letter's class: it has a lower-case form that differs, it has an upper-case form that differs. */
export const UPPER = 8;
export const LOWER = 16;

/** Bits of a separator's class above this one name the sign; 0 is any other. */
export const SIGN_SHIFT = 3;

export const Sign = {
  Equals: 1,
  Quote: 2,
  Question: 3,
  Exclamation: 4,
  Bracket: 5,
  Paren: 6,
  Dash: 7,
  Mask: 8,
  Rule: 9,
  Box: 10,
  Colon: 11,
  Math: 12,
  Slash: 13,
  Tab: 14,
  Hyphen: 15,
  Comma: 16,
  Degree: 17,
  Dot: 18,
  Section: 19,
  At: 20,
  Tilde: 21,
  Currency: 22,
} as const;
