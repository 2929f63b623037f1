import { isHebrew } from "./hebrew.ts";

/**
 * Words that announce a kind of structure. The reader of lines finds them on its way, and a detector runs its expression over the lines that hold one, instead of over
 * every line; the expression still decides.
 */
export const Clue = {
  /** What a docket number is called, beside "No.". */
  Docket: 1 << 0,
  NumberSign: 1 << 1,
  /** What nothing but a docket number is called. */
  SureDocket: 1 << 2,
  TaxId: 1 << 3,
  Country: 1 << 4,
  Bank: 1 << 5,
  Card: 1 << 6,
  Citation: 1 << 7,
  Clinical: 1 << 8,
  Range: 1 << 9,
  // These count straight after digits only.
  Dose: 1 << 10,
  Technical: 1 << 11,
  Clock: 1 << 12,
  // These count at the beginning of a line only.
  Salutation: 1 << 13,
  Closing: 1 << 14,
  Article: 1 << 15,
} as const;

export const AFTER_DIGITS = Clue.Dose | Clue.Technical | Clue.Clock;
export const AT_LINE_START = Clue.Salutation | Clue.Closing | Clue.Article;

/** Clues that are no words: § and Hebrew, whose prefixes make too many first words, at a line's start; 께 at its end. */
export function signClues(first: number, last: number): number {
  if (first === 0xa7) return Clue.Article;
  if (isHebrew(first)) return AT_LINE_START;
  return last === 0xaed8 ? Clue.Salutation : 0;
}
