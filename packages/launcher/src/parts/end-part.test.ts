import { expect, test } from "bun:test";
import { patienceMs } from "./end-part.ts";

test("a part has the time that it gives its shards, and a margin", () => {
  expect(patienceMs(undefined)).toBe(11_000);
  expect(patienceMs("0")).toBe(4_000);
  expect(patienceMs("60")).toBe(64_000);
  // What is no number is for the part itself to refuse.
  expect(patienceMs("soon")).toBe(11_000);
});
