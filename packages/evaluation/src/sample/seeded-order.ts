/**
 * Texts in an order that looks random and depends on them and the seed alone, not on the order they come in. Each gets 52 bits from its
 * characters (two lanes of FNV-1a's kind, finished as in MurmurHash3).
 */
export function seededOrder<Each>(all: readonly Each[], seed: number, textOf: (each: Each) => string): Each[] {
  const ranked = all.map((each) => ({ each, text: textOf(each), rank: seededRank(textOf(each), seed) }));
  ranked.sort((left, right) => left.rank - right.rank || (left.text < right.text ? -1 : 1));
  return ranked.map(({ each }) => each);
}

function seededRank(text: string, seed: number): number {
  let low = mix(seed ^ 0x9e3779b9);
  let high = mix(seed ^ 0x85ebca6b);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return (mix(high ^ low) & 0xfffff) * 2 ** 32 + (mix(low) >>> 0);
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
