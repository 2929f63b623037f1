import { expect, test } from "bun:test";
import { parseTaxonomy } from "./parse-taxonomy.ts";
import { sharedKeywords } from "./shared-keywords.ts";

test("keywords of several categories, whatever their case and weight; not those that speak against one", () => {
  const taxonomy = parseTaxonomy(
    `name: t
categories:
  - { id: a, name: A, description: d, keywords: [Refund, only a, { term: both, weight: 2 }] }
  - { id: b, name: B, description: d, keywords: [refund, both, { term: only a, weight: -1 }] }
  - { id: c, name: C, description: d, keywords: [refund] }
`,
    "t.yaml",
  );
  expect(sharedKeywords(taxonomy)).toEqual([
    { term: "Refund", categories: ["a", "b", "c"] },
    { term: "both", categories: ["a", "b"] },
  ]);
});
