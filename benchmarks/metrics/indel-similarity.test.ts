import { describe, expect, test } from "bun:test";
import { indelSimilarity, longestCommonSubsequence } from "./indel-similarity.ts";

/** The textbook table, to hold the bit-parallel one against. */
function plainSubsequence(left: Int32Array, right: Int32Array): number {
  let row = Array.from({ length: right.length + 1 }, () => 0);
  for (const symbol of left) {
    const next = [0];
    for (const [index, other] of right.entries()) {
      next.push(symbol === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("longestCommonSubsequence", () => {
  test("agrees with the textbook on sequences across block borders", () => {
    let seed = 7;
    const draw = (alphabet: number) => () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed >>> 8) % alphabet;
    };
    for (const alphabet of [2, 9, 300]) {
      for (const [left, right] of [
        [0, 5],
        [29, 40],
        [30, 30],
        [31, 70],
        [61, 3],
        [200, 150],
      ] as const) {
        const a = Int32Array.from({ length: left }, draw(alphabet));
        const b = Int32Array.from({ length: right }, draw(alphabet));
        expect(longestCommonSubsequence(a, b)).toBe(plainSubsequence(a, b));
      }
    }
  });

  test("counts what both ends share once", () => {
    expect(longestCommonSubsequence(Int32Array.of(1, 2, 1), Int32Array.of(1, 1))).toBe(2);
    expect(longestCommonSubsequence(Int32Array.of(5, 5, 5), Int32Array.of(5, 5))).toBe(2);
  });
});

describe("indelSimilarity", () => {
  test("is 1 for two empty sequences and 0 when one is empty", () => {
    expect(indelSimilarity(Int32Array.of(), Int32Array.of())).toBe(1);
    expect(indelSimilarity(Int32Array.of(1), Int32Array.of())).toBe(0);
  });
});
