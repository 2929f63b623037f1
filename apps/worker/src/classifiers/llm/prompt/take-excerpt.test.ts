import { expect, test } from "bun:test";
import { takeExcerpt } from "./take-excerpt.ts";
import { weigh } from "./token-ruler.ts";

const body = (name: string) =>
  Array.from({ length: 40 }, (_, index) => `this is ${name} line ${index} of it, it goes on.`).join("\n");
const LONG = [body("first"), "Terms of Payment", body("second"), "4. Liability", body("third")].join("\n");

test("a text that fits is taken whole", () => {
  expect(takeExcerpt("short", 100)).toEqual({ text: "short", truncated: false });
});

test("of a long one: its head, the headings of its middle, its tail", () => {
  const { text, truncated } = takeExcerpt(LONG, 400);
  expect(truncated).toBe(true);
  expect(weigh(text)).toBeLessThanOrEqual(400);
  expect(text.startsWith("this is first line 0")).toBe(true);
  expect(text).toContain("\nTerms of Payment\n4. Liability\n");
  expect(text.endsWith("third line 39 of it, it goes on.")).toBe(true);
});

test("no sign is halved, wherever the cuts fall", () => {
  const signs = "😀".repeat(300);
  for (let budget = 20; budget < 60; budget += 0.7) {
    const { text } = takeExcerpt(signs, budget);
    expect(text.isWellFormed()).toBe(true);
    expect(weigh(text)).toBeLessThanOrEqual(budget);
  }
});

test("nothing fits into nothing", () => {
  expect(takeExcerpt(LONG, 0)).toEqual({ text: "", truncated: true });
});
