import { expect, test } from "bun:test";
import { TokenRuler, weigh } from "./token-ruler.ts";

test("it learns what a server's tokens are, and stays on the safe side", () => {
  const ruler = new TokenRuler();
  const text = "plain words of a document ".repeat(40);
  const weight = weigh(text);
  let seed = 3;
  const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const tokensOf = () => weight * (0.7 + 0.1 * random());
  for (let call = 0; call < 50; call++) ruler.learn(weight, tokensOf());
  let exceeded = 0;
  for (let call = 0; call < 200; call++) {
    if (tokensOf() > ruler.estimate(text)) exceeded += 1;
    expect(ruler.estimate(text)).toBeLessThan(weight * 0.95);
  }
  expect(exceeded).toBeLessThan(10);
  expect(ruler.weightOf(ruler.estimate(text))).toBeCloseTo(weight, 0);
});

test("after a refusal it allows less", () => {
  const ruler = new TokenRuler();
  const before = ruler.weightOf(100);
  ruler.wasTooShort();
  expect(ruler.weightOf(100)).toBeLessThan(before);
});
