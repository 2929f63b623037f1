import { expect, test } from "bun:test";
import { findThinner } from "./find-thinner.ts";

test("names the documents where another engine finds more than five times the letters", () => {
  const texts = new Map([
    ["native", ["lamp ".repeat(4), "", "", "lamp"]],
    ["pdfjs", ["lamp ".repeat(20), "?! ".repeat(50), "page 1", "lamp ".repeat(6)]],
    ["pdftotext", ["lamp ".repeat(20), "", "", "lamp ".repeat(5)]],
  ] as const);
  expect(findThinner(["even", "no letters", "a few", "thin"], texts)).toEqual([
    { document: "thin", characters: 4, peer: "pdfjs", peerCharacters: 24 },
  ]);
});

test("says nothing without the engine that is judged", () => {
  expect(findThinner(["a"], new Map([["pdfjs", ["lamp ".repeat(20)]]] as const))).toEqual([]);
});
