import { expect, test } from "bun:test";
import { parseTaxonomy, placeWarnings } from "./parse-taxonomy.ts";
import { taxonomyFileSchema } from "./taxonomy-file-schema.ts";

const text = `name: t
categories:
  - id: a
    name: A
    description: Money that is owed for goods and services
    keywords: [Refund, only a, { term: both, weight: 2 }, "!?", réfund, { term: void, weight: 0 }, "*ment", everywhere]
  - id: b
    name: B
    description: Money that is owed for services and goods.
    keywords: [refund, both, { term: only a, weight: -1 }, EVERYWHERE]
  - id: c
    name: C
    description: Odds
    keywords: [refund, everywhere]
  - id: d
    name: D
    description: An x
    keywords: []
  - { id: e, name: E, description: 足球比赛, keywords: [everywhere] }
`;

test("what helps nobody is told where it stands, once", () => {
  const warnings = placeWarnings(text, parseTaxonomy(text, "t.yaml"));
  expect(warnings.map(({ line, column, warning }) => `${line}:${column} ${warning}`)).toEqual([
    '6:16 "Refund" speaks for a, b, c: it tells none from the others',
    '6:32 "both" speaks for a, b: it tells none from the others',
    '6:59 "!?" never matches: it has no letter and no number',
    '6:65 "réfund" is there before, but for case and accents: the stronger weight counts',
    '6:73 "void" has weight 0: it says nothing',
    '6:100 "*ment" has a * before letters: it stands for endings only',
    '6:109 "everywhere" speaks for a, b, c, e: it tells none from the others',
    '9:18 says nearly what that of "a" says: it tells them hardly apart',
    "17:18 has hardly a word to look for, and there are no keywords: say what such a document speaks of",
  ]);
});

test("a taxonomy without any of it has no warnings", () => {
  const good = `name: t
categories:
  - { id: a, name: A, description: Questions about invoices and payments, keywords: [refund] }
  - { id: b, name: B, description: Something does not work at all, keywords: [fault*] }
`;
  expect(placeWarnings(good, parseTaxonomy(good, "t.yaml"))).toEqual([]);
});

test("the schema for editors knows what must be there and what may be", () => {
  const schema = taxonomyFileSchema() as { required: string[]; properties: Record<string, unknown> };
  expect(schema.required).toEqual(["name", "categories"]);
  expect(Object.keys(schema.properties)).toEqual(["name", "version", "labels", "categories"]);
});
