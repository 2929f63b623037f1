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

/** Signs that evidence is made of. */
export const Sign = {
  // These may give their line a trait by what stands beside them.
  Rule: 1,
  Bracket: 2,
  Paren: 3,
  Colon: 4,
  Slash: 5,
  Mask: 6,
  Dot: 7,
  Exclamation: 8,
  // These count by themselves.
  Quote: 9,
  Dash: 10,
  Box: 11,
  Math: 12,
  Equals: 13,
  Tab: 14,
  Hyphen: 15,
  Comma: 16,
  Degree: 17,
  At: 18,
  Tilde: 19,
  Currency: 20,
} as const;
