import { expect, test } from "bun:test";
import type { AnswerToken } from "../servers/llm-server.ts";
import { labelOdds } from "./label-odds.ts";

const LABELS = ["invoice", "invoice_credit", "inventory", "sport"];

/** A token with its probability, and others with theirs. */
function token(text: string, probability: number, others: Record<string, number> = {}): AnswerToken {
  return {
    text,
    logprob: Math.log(probability),
    others: Object.entries(others).map(([other, share]) => ({ text: other, logprob: Math.log(share) })),
  };
}

function oddsOf(tokens: readonly AnswerToken[], start = 2): Record<string, number> | null {
  const odds = labelOdds(tokens, start, LABELS);
  return odds === null
    ? null
    : Object.fromEntries([...odds].map(([label, share]) => [label, Math.round(share * 1e6) / 1e6]));
}

test("what a schema forbids is left out, and the labels make one", () => {
  const odds = oddsOf([token('{"', 1), token("sport", 0.1, { The: 0.6, inv: 0.3, spo: 0.0 })]);
  // A quarter against three, which is parted among the three that begin like that.
  expect(odds).toEqual({ sport: 0.25, invoice: 0.25, invoice_credit: 0.25, inventory: 0.25 });
});

test("labels that begin alike part where they part", () => {
  const odds = oddsOf([
    token('{"', 1),
    token("inv", 0.8, { sport: 0.2 }),
    token("oice", 0.9, { entory: 0.1, alid: 0.7 }),
    token('"', 0.25, { _credit: 0.75, s: 0.5 }),
  ]);
  expect(odds).toEqual({ sport: 0.2, inventory: 0.08, invoice: 0.18, invoice_credit: 0.54 });
});

test("a token that holds the sign before the label is compared with those that hold it too", () => {
  const odds = oddsOf([token("{", 1), token('"sport', 0.5, { '"inventory': 0.5, sport: 0.9 })]);
  expect(odds).toEqual({ sport: 0.5, inventory: 0.5, invoice: 0, invoice_credit: 0 });
});

test("a token that ends the label and more", () => {
  expect(oddsOf([token('{"', 1), token("invoice", 1), token('"}', 0.6, { _credit: 0.2 })])).toMatchObject({
    invoice: 0.75,
    invoice_credit: 0.25,
  });
});

test("an answer that stops after the label", () => {
  expect(oddsOf([token('{"', 1), token("invoice", 1)])).toMatchObject({ invoice: 1 });
});

test("null for what spells no label", () => {
  expect(oddsOf([token('{"', 1), token("weather", 1)])).toBeNull();
  expect(oddsOf([token('{"', 1), token("inv", 1)])).toBeNull();
  expect(oddsOf([])).toBeNull();
});

test("odds never come to more than one", () => {
  let seed = 7;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  for (let round = 0; round < 500; round++) {
    const label = LABELS[Math.floor(random() * LABELS.length)] ?? "";
    const spelt = `${label}"`;
    const cuts = [...spelt].flatMap((_, index) => (index > 0 && random() < 0.3 ? [index] : []));
    const pieces = [0, ...cuts].map((from, index) => spelt.slice(from, cuts[index] ?? spelt.length));
    const tokens = pieces.map((piece) =>
      token(piece, random(), { inv: random(), oice: random(), _credit: random(), '"': random(), s: random() }),
    );
    const odds = labelOdds(tokens, 0, LABELS);
    const sum = [...(odds?.values() ?? [])].reduce((total, share) => total + share, 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(1.000001);
  }
});
