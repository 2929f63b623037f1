export const HASH_START = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;
export const PREFIX_FILTER_BITS = 16;
export const WORD_FILTER_BITS = 18;
export const PAIR_FILTER_BITS = 18;

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

/** Which bit of the filter of beginnings a beginning has. */
export function prefixBit(hash: number): number {
  return (hash ^ (hash >>> 16)) & ((1 << PREFIX_FILTER_BITS) - 1);
}

/** Which bit of the filter of words a key has. */
export function wordBit(key: number): number {
  return key >>> (32 - WORD_FILTER_BITS);
}

/** Which bit of the filter of pairs a node and the id of its child have. */
export function pairBit(node: number, id: number): number {
  return Math.imul(Math.imul(node, 0x9e3779b1) ^ id, 0x85ebca6b) >>> (32 - PAIR_FILTER_BITS);
}
