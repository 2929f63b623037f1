/** Begins with a bullet and a blank, or is nothing but a bullet. */
export function isBulleted(units: Uint16Array, from: number, to: number): boolean {
  const first = units[from] as number;
  // Letters and digits of most scripts lie between the bullets of ASCII and the others.
  if (first > DASH && first !== MIDDLE_DOT && first < EN_DASH) return false;
  return BULLETS.has(first) && (to - from === 1 || isBlank(units[from + 1] as number));
}

/** Ends with a question mark, perhaps before a closing quote. */
export function isQuestion(units: Uint16Array, from: number, to: number): boolean {
  let at = to - 1;
  if (at > from && isClosingQuote(units[at] as number)) at--;
  const last = units[at] as number;
  if (last === 0x3f || last === 0xff1f || last === 0x61f || last === 0x37e) return true;
  // Greek asks with a semicolon.
  return last === 0x3b && at > from && isGreek(units[at - 1] as number);
}

/** A digit of ASCII. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** A blank of any width. */
export function isBlank(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x202f;
}

const DASH = 0x2d;
const EN_DASH = 0x2013;
const MIDDLE_DOT = 0xb7;
const BULLETS: ReadonlySet<number> = new Set(Array.from("•‣▪▸►◦●○■–—·❖➢✓✔*-\uf0b7", (sign) => sign.charCodeAt(0)));

/** " ” » */
function isClosingQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x201d || unit === 0xbb;
}

function isGreek(unit: number): boolean {
  return (unit >= 0x370 && unit <= 0x3ff) || (unit >= 0x1f00 && unit <= 0x1fff);
}
