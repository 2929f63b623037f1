/**
 * How much of the true text an engine found, and in which order. F1 of the bags of words (a CJK or Thai character is a
 * word), and the longest common subsequence of the word sequences as a similarity: 2·LCS / (|a| + |b|).
 */
export interface TextQuality {
  f1: number;
  order: number;
}

const WORD =
  /[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f]|(?:(?![\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f])[\p{L}\p{N}\p{M}])+/gu;
// Hyphens at line ends, soft hyphens, joiners and direction marks say nothing about the words.
const LINE_END_HYPHEN = /(?<=[\p{L}\p{N}])[-\u2010\u00ad]\s*\n\s*(?=\p{L})/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u0640]/g;

export function textQuality(truth: string, extracted: string): TextQuality {
  const wanted = words(truth);
  const found = words(extracted);
  const total = wanted.length + found.length || 1;
  return { f1: (2 * common(wanted, found)) / total, order: (2 * longestCommonSubsequence(wanted, found)) / total };
}

export function words(text: string): string[] {
  const plain = text
    .replaceAll("\f", "")
    .replace(LINE_END_HYPHEN, "")
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .toLowerCase();
  return plain.match(WORD) ?? [];
}

function common(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  let hits = 0;
  for (const word of right) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    counts.set(word, count - 1);
    hits += 1;
  }
  return hits;
}

/**
 * Length of the longest common subsequence, bit-parallel (H. Hyyrö, "Bit-parallel LCS-length computation revisited",
 * 2004), 32 words of the left sequence at a time.
 */
export function longestCommonSubsequence(left: readonly string[], right: readonly string[]): number {
  const blocks = Math.ceil(left.length / 32);
  const positions = new Map<string, Map<number, number>>();
  for (const [index, word] of left.entries()) {
    const masks = positions.get(word) ?? new Map<number, number>();
    positions.set(word, masks);
    masks.set(index >>> 5, ((masks.get(index >>> 5) ?? 0) | (1 << (index & 31))) >>> 0);
  }
  const column = new Uint32Array(blocks).fill(0xffff_ffff);
  for (const word of right) {
    const masks = positions.get(word);
    if (masks === undefined) continue;
    let carry = 0;
    for (let block = 0; block < blocks; block += 1) {
      const state = column[block] ?? 0;
      const matched = (state & (masks.get(block) ?? 0)) >>> 0;
      const sum = state + matched + carry;
      carry = sum > 0xffff_ffff ? 1 : 0;
      column[block] = (sum | (state & ~matched)) >>> 0;
    }
  }
  let length = 0;
  for (let index = 0; index < left.length; index += 1) {
    if (((column[index >>> 5] ?? 0) & (1 << (index & 31))) === 0) length += 1;
  }
  return length;
}
