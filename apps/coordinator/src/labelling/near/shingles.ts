/** Words in a row that make a shingle: a changed word changes five of them, so that few changes are allowed in a short text. */
const WORDS = 5;
/** Of fewer shingles nothing is said: two short texts are alike by chance. */
const FEWEST = 32;

// Of scripts that put no spaces between words each character is one.
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu;

/** The set of a text's shingles, each as 32 bits; null: there are too few. Case, punctuation and line ends do not matter. */
export function shinglesOf(text: string): Set<number> | null {
  const words = (text.normalize("NFKC").toLowerCase().match(WORD) ?? []).map((word) => Bun.hash.xxHash32(word));
  const shingles = new Set<number>();
  for (let at = 0; at + WORDS <= words.length; at += 1) {
    let hash = 0;
    for (let word = at; word < at + WORDS; word += 1) hash = mix32(hash ^ (words[word] ?? 0)) + word - at;
    shingles.add(hash >>> 0);
  }
  return shingles.size < FEWEST ? null : shingles;
}

/** Of two sets what they share, as a fraction of all that is in either (Jaccard). */
export function similarity(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return shared / (left.size + right.size - shared);
}

/** A permutation of 32 bits: the last step of MurmurHash3 (Appleby, public domain). */
export function mix32(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
