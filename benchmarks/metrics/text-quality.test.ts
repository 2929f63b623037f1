import { describe, expect, test } from "bun:test";
import { longestCommonSubsequence, textQuality, words } from "./text-quality.ts";

/** The textbook table, to hold the bit-parallel one against. */
function plainSubsequence(left: readonly string[], right: readonly string[]): number {
  let row = Array.from({ length: right.length + 1 }, () => 0);
  for (const word of left) {
    const next = [0];
    for (const [index, other] of right.entries()) {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("longestCommonSubsequence", () => {
  test("agrees with the textbook on sequences across block borders", () => {
    let seed = 7;
    const draw = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return `w${seed % 9}`;
    };
    for (const [left, right] of [
      [0, 5],
      [31, 40],
      [32, 32],
      [33, 70],
      [200, 150],
    ] as const) {
      const a = Array.from({ length: left }, draw);
      const b = Array.from({ length: right }, draw);
      expect(longestCommonSubsequence(a, b)).toBe(plainSubsequence(a, b));
    }
  });
});

describe("textQuality", () => {
  test("is 1 for the same words however they are laid out", () => {
    expect(textQuality("Ein lan-\nger Satz.\fZweite Seite", "Ein langer\nSatz. Zweite\n\nSeite")).toEqual({
      f1: 1,
      order: 1,
    });
  });

  test("tells found words from their order", () => {
    const { f1, order } = textQuality("a b c d", "c d a b");
    expect(f1).toBe(1);
    expect(order).toBe(0.5);
  });

  test("counts each CJK character, and marks with their letter", () => {
    expect(words("日本 कि e\u0301")).toEqual(["日", "本", "कि", "é"]);
  });

  test("nothing found is 0", () => {
    expect(textQuality("a b", "")).toEqual({ f1: 0, order: 0 });
  });
});
