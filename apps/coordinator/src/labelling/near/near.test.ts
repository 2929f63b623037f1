import { expect, test } from "bun:test";
import { bandsOf, type BandScope } from "./bands.ts";
import { shinglesOf, similarity } from "./shingles.ts";

const scope: BandScope = { owner: null, extractHash: Buffer.alloc(32, 1), classifyHash: Buffer.alloc(32, 2) };

const words = (count: number, seed: string): string[] =>
  Array.from({ length: count }, (_, index) => `w${Bun.hash.xxHash32(`${seed}/${index}`)}`);

/** Two sets of which the share that both have is known, with other members for each seed. */
function pairOf(size: number, alike: number, seed: number): [Set<number>, Set<number>] {
  const shared = Math.round((2 * size * alike) / (1 + alike));
  const member = (name: string, index: number) => Bun.hash.xxHash32(`${seed}/${name}/${index}`);
  const set = (own: string) =>
    new Set(Array.from({ length: size }, (_, index) => member(index < shared ? "both" : own, index)));
  return [set("left"), set("right")];
}

const shareBand = (left: Iterable<bigint>, right: Iterable<bigint>): boolean =>
  new Set(left).intersection(new Set(right)).size > 0;

test("case, punctuation and line ends make no other text, a changed word makes five other shingles", () => {
  const text = words(200, "a");
  const shingles = shinglesOf(text.join(" ")) ?? new Set();
  expect(shingles.size).toBe(196);
  expect(shinglesOf(text.join(",\n").toUpperCase())).toEqual(shingles);
  const changed = shinglesOf(text.with(100, "other").join(" ")) ?? new Set();
  expect(similarity(shingles, changed)).toBeCloseTo(191 / 201, 10);
  expect(similarity(shingles, shingles)).toBe(1);
});

test("the order of words counts, and characters are words where there are no spaces", () => {
  const text = words(60, "order");
  const reversed = shinglesOf(text.toReversed().join(" ")) ?? new Set();
  expect(similarity(shinglesOf(text.join(" ")) ?? new Set(), reversed)).toBe(0);
  const chinese = Array.from({ length: 50 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join("");
  expect(shinglesOf(chinese)?.size).toBe(46);
});

test("of a text of few words nothing is said", () => {
  expect(shinglesOf(words(35, "few").join(" "))).toBeNull();
  expect(shinglesOf(words(36, "few").join(" "))?.size).toBe(32);
  expect(shinglesOf("the same word ".repeat(100))).toBeNull();
  expect(shinglesOf("")).toBeNull();
});

test("what is alike by nine tenths shares a band, what is alike by half seldom does", () => {
  const found = (alike: number) => {
    let pairs = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const [left, right] = pairOf(120, alike, seed);
      if (shareBand(bandsOf(left, scope), bandsOf(right, scope))) pairs += 1;
    }
    return pairs / 400;
  };
  // 1 − (1 − J^8)^10: .996, .45 and .04.
  expect(found(0.9)).toBeGreaterThan(0.98);
  expect(found(0.7)).toBeWithin(0.33, 0.55);
  expect(found(0.5)).toBeLessThan(0.08);
});

test("no band is shared with another owner, another text or another standard", () => {
  const [shingles] = pairOf(100, 1, 1);
  const bands = bandsOf(shingles, scope);
  expect(new Set(bands).size).toBe(10);
  expect(bandsOf(shingles, { ...scope })).toEqual(bands);
  const owner = "0192f0c8-0000-7000-8000-000000000001";
  for (const other of [{ owner }, { extractHash: Buffer.alloc(32, 9) }, { classifyHash: Buffer.alloc(32, 9) }]) {
    expect(shareBand(bandsOf(shingles, { ...scope, ...other }), bands)).toBe(false);
  }
});

test("a set too small for every bin is found as well as a large one", () => {
  const found = Array.from({ length: 300 }, (_, seed) => {
    const [left, right] = pairOf(32, 0.9, seed);
    return shareBand(bandsOf(left, scope), bandsOf(right, scope));
  });
  expect(found.filter(Boolean).length / 300).toBeGreaterThan(0.95);
});
