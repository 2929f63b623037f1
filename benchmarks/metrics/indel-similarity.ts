// Thirty bits, so that state + matched + carry stays within a small signed integer and never becomes a double.
const BITS = 30;
const ALL = 2 ** BITS - 1;

/** 1 - (insertions + deletions) / (|a| + |b|), which is 2·LCS / (|a| + |b|); 1 for two empty sequences. */
export function indelSimilarity(left: Int32Array, right: Int32Array): number {
  const total = left.length + right.length;
  return total === 0 ? 1 : 1 - (total - 2 * longestCommonSubsequence(left, right)) / total;
}

/**
 * Length of the longest common subsequence, bit-parallel (H. Hyyrö, "Bit-parallel LCS-length computation revisited",
 * 2004). Symbols are small non-negative integers. Blocks of the left sequence are the outer loop and carries are kept by
 * position of the right one, so that memory is in the sizes of alphabet and sequence and never in their product.
 */
export function longestCommonSubsequence(left: Int32Array, right: Int32Array): number {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let end = 0;
  const shorter = Math.min(left.length, right.length) - start;
  while (end < shorter && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const a = left.subarray(start, left.length - end);
  const b = right.subarray(start, right.length - end);
  return start + end + middle(a, b);
}

function middle(left: Int32Array, right: Int32Array): number {
  const masks = new Int32Array(Math.max(largest(left), largest(right)) + 1);
  const carries = new Uint8Array(right.length);
  let length = 0;
  for (let from = 0; from < left.length; from += BITS) {
    const size = Math.min(BITS, left.length - from);
    for (let bit = 0; bit < size; bit += 1)
      masks[left[from + bit] ?? 0] = (masks[left[from + bit] ?? 0] ?? 0) | (1 << bit);
    const state = block(masks, right, carries);
    for (let bit = 0; bit < size; bit += 1) {
      masks[left[from + bit] ?? 0] = 0;
      if ((state & (1 << bit)) === 0) length += 1;
    }
  }
  return length;
}

function block(masks: Int32Array, right: Int32Array, carries: Uint8Array): number {
  let state = ALL;
  for (let index = 0; index < right.length; index += 1) {
    const mask = masks[right[index] ?? 0] ?? 0;
    const matched = state & mask;
    const sum = (state + matched + (carries[index] ?? 0)) | 0;
    carries[index] = sum >>> BITS;
    state = (sum & ALL) | (state & ~mask);
  }
  return state;
}

function largest(symbols: Int32Array): number {
  let most = 0;
  for (const symbol of symbols) if (symbol > most) most = symbol;
  return most;
}
