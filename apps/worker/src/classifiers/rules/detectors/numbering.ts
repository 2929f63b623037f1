import { charClass } from "../char-classes.ts";
import { KIND_BITS, LETTER, LOWER, SINGLE } from "../char-kinds.ts";
import type { DocumentShape } from "../document-shape.ts";
import { isBlank, isDigit } from "../line-edges.ts";

/**
 * Where the text begins after a line's numbering, or -1 where it has none: `3.`, `3)`, `3、`, `(3)`, `3.1.2` of at most `levels` numbers of one or two digits. What
 * looks like a decimal or a percentage is an amount.
 */
export function textAfterNumbering({ units, lineFrom, lineTo }: DocumentShape, line: number, levels: number): number {
  const from = lineFrom[line] as number;
  const to = lineTo[line] as number;
  const isBracketed = units[from] === 0x28;
  let at = digitsEnd(units, isBracketed ? from + 1 : from, to);
  if (at === -1) return -1;
  if (isBracketed) {
    if (units[at] !== 0x29) return -1;
    at++;
  } else {
    for (let level = 1; level < levels && units[at] === DOT; level++) {
      const next = digitsEnd(units, at + 1, to);
      if (next === -1) break;
      at = next;
    }
    const sign = units[at];
    if (sign === DOT || sign === 0x29 || sign === 0x3001 || sign === 0xff0e) at++;
  }
  if (at < to && isBlank(units[at] as number)) at++;
  if (at >= to) return -1;
  const first = units[at] as number;
  return isDigit(first) || isBlank(first) || first === DOT || first === 0x2c || first === 0x25 ? -1 : at;
}

/** Where one or two digits end, or -1. */
function digitsEnd(units: Uint16Array, from: number, to: number): number {
  let at = from;
  while (at < to && at - from < 3 && isAnyDigit(units[at] as number)) at++;
  return at === from || at - from === 3 ? -1 : at;
}

function isAnyDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0xff10 && unit <= 0xff19);
}

/** A letter that may begin a heading: a capital, or one without case. */
export function beginsHeading(unit: number): boolean {
  const charBits = charClass[unit] as number;
  const kind = charBits & KIND_BITS;
  return kind === SINGLE || (kind === LETTER && (charBits & LOWER) === 0);
}

const DOT = 0x2e;
