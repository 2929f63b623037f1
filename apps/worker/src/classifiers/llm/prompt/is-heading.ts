const MAX_CHARS = 80;
const MAX_WORDS = 12;

/** Whether a line looks like the heading of a part: short, no sentence, numbered or written with capitals. */
export function isHeading(line: string): boolean {
  if (line.length < 3 || line.length > MAX_CHARS || /[.,;!?]$/.test(line)) return false;
  const words = line.split(/\s+/);
  if (words.length > MAX_WORDS || !/\p{L}{2}/u.test(line)) return false;
  const isNumbered = /^(?:\d+(?:\.\d+)*[.)]?|[IVXLC]+\.|§\s*\d+|[A-Z][.)])\s+\p{L}/u.test(line);
  const letters = line.match(/\p{L}/gu) ?? [];
  const isShouted = letters.length >= 4 && line === line.toUpperCase() && line !== line.toLowerCase();
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return isNumbered || isShouted || (words.length <= 8 && capitals > 0 && capitals >= words.length * 0.6);
}
