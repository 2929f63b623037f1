import { expect, test } from "bun:test";
import { slopeOf } from "./least-squares.ts";

test("the slope of a line is found, and noise that is even on both sides changes nothing", () => {
  const line = [0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x }));
  expect(slopeOf(line)).toBeCloseTo(-2);
  const noisy = [
    { x: 0, y: 0 },
    { x: 1, y: 4 },
    { x: 1, y: 2 },
    { x: 2, y: 6 },
  ];
  expect(slopeOf(noisy)).toBeCloseTo(3);
});

test("nothing rises where there is one moment or none", () => {
  expect(slopeOf([])).toBe(0);
  expect(
    slopeOf([
      { x: 1, y: 7 },
      { x: 1, y: 9 },
    ]),
  ).toBe(0);
});
