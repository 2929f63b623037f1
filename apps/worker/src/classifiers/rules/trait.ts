import { Clue } from "./clue.ts";

/** What a line has that a detector may look for: cheap to see while reading, so that expressions run over few lines. The expression still decides. */
export const Trait = {
  ...Clue,
  /** Letters and digits in one word: `DE89`. */
  Code: 1 << 16,
  /** Digits that begin as a year of the 20th or 21st century. */
  Year: 1 << 17,
  /** Something to write on: rules, dots, a bracketed gap. */
  Blank: 1 << 18,
  /** Brackets with a blank or a cross between. */
  Box: 1 << 19,
  /** Words of letters without case, or signs that are words. */
  Caseless: 1 << 20,
  /** Begins with a digit, or with one in brackets. */
  NumberFirst: 1 << 21,
  /** Four words or more with a capital. */
  Capitals: 1 << 22,
  /** A colon between digits. */
  ClockColon: 1 << 23,
  /** A slash between digits. */
  DigitSlash: 1 << 24,
  /** A bracket that opens on a capital, a quote, or a word that introduces a short name. */
  NameInParens: 1 << 25,
  /** A round bracket that opens on a digit. */
  DigitInParens: 1 << 26,
  /** Two signs in a row that mask digits. */
  Masked: 1 << 27,
} as const;

/** The bit of a line's signs that every line has. */
export const ANY_LINE = 1;
