import { expect, test } from "bun:test";
import { canonicalJson } from "./canonical-json.ts";

test("equal values give equal text whatever the order of their keys", () => {
  expect(canonicalJson({ b: [1, { d: "x", c: null }], a: true })).toBe('{"a":true,"b":[1,{"c":null,"d":"x"}]}');
  expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }));
});

test("different values give different text", () => {
  expect(canonicalJson(["1"])).not.toBe(canonicalJson([1]));
  expect(canonicalJson({ a: [] })).not.toBe(canonicalJson({ a: {} }));
});
