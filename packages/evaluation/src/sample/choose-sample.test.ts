import { describe, expect, test } from "bun:test";
import { seededRandom } from "../simulation/seeded-random.ts";
import { type Candidate, chooseSample } from "./choose-sample.ts";

/** 1,000 documents, 20 of them of a rare kind, 100 that nobody has an idea of. */
const candidates = Array.from({ length: 1_000 }, (_, at): Candidate => {
  const guess = at < 20 ? "rare" : at < 120 ? null : ["invoice", "letter"][at % 2];
  return { id: new Bun.CryptoHasher("sha256").update(`${at}`).digest("hex"), guess: guess ?? null };
});
const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
const guesses = (ids: readonly string[]) => Map.groupBy(ids, (id) => byId.get(id)?.guess ?? null);

test("held-out and training documents are as many as asked for, and none is both or twice", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { heldOut, training } = chooseSample([...candidates, ...candidates], { seed, heldOut: 150, training: 80 });
    expect([heldOut.length, training.length]).toEqual([150, 80]);
    expect(new Set([...heldOut, ...training]).size).toBe(230);
  }
});

test("training is balanced: of every guess as many, while there are any", () => {
  const { training } = chooseSample(candidates, { seed: 1, heldOut: 0, training: 80 });
  for (const [, ids] of guesses(training)) expect(ids).toHaveLength(20);
  const more = guesses(chooseSample(candidates, { seed: 1, heldOut: 0, training: 200 }).training);
  expect([more.get("rare")?.length, more.get("invoice")?.length, more.get(null)?.length]).toEqual([20, 60, 60]);
});

test("every document is held out as often as any other, whatever is guessed of it", () => {
  const repetitions = 2_000;
  const counts = new Map<string, number>();
  for (let seed = 0; seed < repetitions; seed += 1) {
    for (const id of chooseSample(candidates, { seed, heldOut: 100, training: 100 }).heldOut) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  // Each count is binomial (2,000 of 1/10: 200, deviation 13.4): the sum of squares over 1,000 of them is 999 in the mean, with a deviation of 45.
  const expected = repetitions / 10;
  const variance = expected * 0.9;
  let sum = 0;
  for (const { id } of candidates) sum += ((counts.get(id) ?? 0) - expected) ** 2 / variance;
  expect(sum).toBeGreaterThan(800);
  expect(sum).toBeLessThan(1_200);
  const rare = candidates.slice(0, 20).reduce((total, { id }) => total + (counts.get(id) ?? 0), 0) / 20;
  expect(Math.abs(rare - expected)).toBeLessThan(4 * Math.sqrt(variance / 20));
});

describe("the same seed", () => {
  test("gives the same sample, in whatever order the candidates come; another one gives another", () => {
    const request = { seed: 7, heldOut: 50, training: 50 };
    const sample = chooseSample(candidates, request);
    const next = seededRandom(1);
    const shuffled = candidates.map((each) => ({ each, at: next() })).sort((left, right) => left.at - right.at);
    expect(
      chooseSample(
        shuffled.map(({ each }) => each),
        request,
      ),
    ).toEqual(sample);
    expect(chooseSample(candidates, { ...request, seed: 8 }).heldOut).not.toEqual(sample.heldOut);
  });

  test("with more held out keeps those that were", () => {
    const few = chooseSample(candidates, { seed: 3, heldOut: 50, training: 0 }).heldOut;
    expect(chooseSample(candidates, { seed: 3, heldOut: 90, training: 0 }).heldOut.slice(0, 50)).toEqual([...few]);
  });
});

test("a second round asks about those that the model is least sure of, in each category, and about nothing twice", () => {
  const first = chooseSample(candidates, { seed: 5, heldOut: 100, training: 100 });
  const taken = new Set([...first.heldOut, ...first.training]);
  const judged = candidates.map((each, at) => ({
    ...each,
    guess: ["a", "b"][at % 2] ?? null,
    confidence: ((at * 37) % 1_000) / 1_000,
  }));
  const { training } = chooseSample(judged, { seed: 5, heldOut: 0, training: 60, taken });
  expect(training.filter((id) => taken.has(id))).toEqual([]);
  const chosen = judged.filter(({ id }) => training.includes(id));
  for (const guess of ["a", "b"]) {
    const surest = Math.max(...chosen.filter((each) => each.guess === guess).map(({ confidence }) => confidence));
    const left = judged.filter((each) => each.guess === guess && !taken.has(each.id) && !training.includes(each.id));
    expect(left.every(({ confidence }) => confidence >= surest)).toBe(true);
    expect(chosen.filter((each) => each.guess === guess)).toHaveLength(30);
  }
});

test("where there are fewer than asked for, all of them", () => {
  const { heldOut, training } = chooseSample(candidates.slice(0, 10), { seed: 1, heldOut: 6, training: 20 });
  expect([heldOut.length, training.length]).toEqual([6, 4]);
  expect(chooseSample([], { seed: 1, heldOut: 6, training: 20 })).toEqual({ heldOut: [], training: [] });
});
