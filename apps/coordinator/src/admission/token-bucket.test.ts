import { expect, test } from "bun:test";
import { TokenBucket } from "./token-bucket.ts";

test("a burst of two seconds, then the rate, however calls fall", () => {
  const bucket = new TokenBucket(10, 0);
  const passed = (calls: number, now: number) =>
    Array.from({ length: calls }, () => bucket.take(now)).filter(({ allowed }) => allowed).length;
  expect(passed(100, 0)).toBe(20);
  expect(passed(100, 100)).toBe(1);
  expect(passed(100, 1_100)).toBe(10);
  // What is not used does not pile up past the burst.
  expect(passed(100, 600_000)).toBe(20);
});

test("a rate below one a second lets the first call through, and says when it is worth coming back", () => {
  const bucket = new TokenBucket(0.25, 0);
  expect(bucket.take(0)).toEqual({ allowed: true, left: 0, resetSeconds: 4 });
  expect(bucket.take(2_000)).toEqual({ allowed: false, left: 0, resetSeconds: 2 });
  expect(bucket.take(4_000)).toEqual({ allowed: true, left: 0, resetSeconds: 4 });
});
