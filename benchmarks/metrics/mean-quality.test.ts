import { expect, test } from "bun:test";
import { meanQuality } from "./mean-quality.ts";

const scored = (document: string, score: number) => ({
  document,
  levRaw: score,
  lev: score,
  f1: score,
  order: score,
  spc: score,
});

test("every document counts the same, in all and in its group", () => {
  const quality = meanQuality([
    scored("udhr_arb__chromium", 0.5),
    scored("sub/udhr_heb__chromium", 1),
    scored("udhr_jpn__chromium", 0.75),
    scored("letter", 0.25),
  ]);
  expect(quality?.all).toMatchObject({ documents: 4, f1: 0.625 });
  expect(quality?.groups).toMatchObject({
    "udhr-cjk": { documents: 1, order: 0.75 },
    "udhr-rtl": { documents: 2, order: 0.75 },
  });
  expect(Object.keys(quality?.groups ?? {})).toEqual(["udhr-cjk", "udhr-rtl"]);
});

test("nothing to judge by is not a score of 0", () => {
  expect(meanQuality([])).toBeNull();
});
