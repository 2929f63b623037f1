import { expect, test } from "bun:test";
import { slopeOf } from "./least-squares.ts";

test("the slope of a line is found, and noise that is even on both sides changes nothing", () => {
  const line = [0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x }));
  expect(slopeOf(line).slope).toBeCloseTo(-2);
  expect(slopeOf(line).error).toBeCloseTo(0);
  const noisy = [
    { x: 0, y: 0 },
    { x: 1, y: 4 },
    { x: 1, y: 2 },
    { x: 2, y: 6 },
  ];
  expect(slopeOf(noisy).slope).toBeCloseTo(3);
  // Residuals -1, 1: their squares over two degrees of freedom, over a spread of 2.
  expect(slopeOf(noisy).error).toBeCloseTo(Math.sqrt(2 / 2 / 2));
});

test("nothing rises where there is one moment or none", () => {
  const nothing = { slope: 0, error: 0 };
  expect(slopeOf([])).toEqual(nothing);
  expect(slopeOf([7, 9, 8].map((y) => ({ x: 1, y })))).toEqual(nothing);
});
