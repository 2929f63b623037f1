import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { normalise, textQuality, words } from "./text-quality.ts";

interface Fixture {
  name: string;
  truth: string;
  extracted: string;
  /** Both texts are repeated this often. */
  repeat?: number;
  /** What the reference implementation in Python, on rapidfuzz 3.14.6, says. */
  expected: Record<string, number>;
}

const fixtures: Fixture[] = await Bun.file(join(import.meta.dir, "fixtures", "text-quality.json")).json();

describe("textQuality", () => {
  test.each(fixtures)("agrees with the reference: $name", ({ truth, extracted, repeat = 1, expected }) => {
    const scores = Object.entries(textQuality(truth.repeat(repeat), extracted.repeat(repeat)));
    expect(scores.map(([figure]) => figure).sort()).toEqual(Object.keys(expected).sort());
    for (const [figure, score] of scores) expect(score, figure).toBeCloseTo(expected[figure] ?? Number.NaN, 12);
  });

  test("is 1 for the same words however they are laid out", () => {
    const { f1, order, lev } = textQuality("Ein lan-\nger Satz.\fZweite Seite", "Ein langer\nSatz.Zweite\n\nSeite");
    expect({ f1, order, lev }).toEqual({ f1: 1, order: 1, lev: 1 });
  });

  test("tells found words from their order", () => {
    const { f1, order } = textQuality("a b c d", "c d a b");
    expect({ f1, order }).toEqual({ f1: 1, order: 0.5 });
  });
});

describe("words", () => {
  test("counts each CJK character, and Indic marks with their letter", () => {
    expect(words(normalise("日本 कि e\u0301"))).toEqual(["日", "本", "कि", "é"]);
  });
});
