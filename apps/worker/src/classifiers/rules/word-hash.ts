export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;
export const FILTER_BITS = 17;

/** FNV-1a over folded units, to go on with as a word is read. */
export function hashWord(text: string): number {
  let hash = HASH_START;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), HASH_PRIME);
  return hash;
}

/**
 * The key of a word in the tables: MurmurHash3's finaliser (public domain) over hash and length, as neighbouring hashes must not land in neighbouring slots. Among
 * 20,000 terms one word in about 200,000 could be taken for another.
 */
export function wordKey(hash: number, length: number): number {
  let mixed = hash ^ Math.imul(length, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Which bit of the filter a beginning has. */
export function filterBit(hash: number): number {
  return (hash ^ (hash >>> 15)) & ((1 << FILTER_BITS) - 1);
}
