import { expect, test } from "bun:test";
import { businessTaxonomy } from "@sluice/taxonomy/business";
import { businessDocuments } from "./business-documents.ts";
import { LAYOUTS } from "./make-document.ts";
import { type Piece, readWordings } from "./read-wordings.ts";

const SEQUENCE = 5;

test("every wording has the eighteen kinds, and every kind its layouts, the same for a seed", () => {
  const kinds = businessTaxonomy.categories.map(({ id }) => id);
  const documents = businessDocuments("test");
  for (const language of new Set(documents.map((document) => document.language))) {
    const mine = documents.filter((document) => document.language === language);
    expect([...new Set(mine.map(({ category }) => category))]).toEqual(kinds);
    expect(mine).toHaveLength(kinds.length * LAYOUTS);
  }
  expect(businessDocuments("test")).toEqual(documents);
  expect(businessDocuments("test", 1)).not.toEqual(documents);
  expect(new Set(documents.map(({ pages }) => pages.join("\f"))).size).toBeGreaterThan(documents.length * 0.95);
});

test("what is tested with was not practised on: no five words in a row are in both", () => {
  const practised = sequences("practice");
  expect([...sequences("test")].filter((words) => practised.has(words))).toEqual([]);
  expect(practised.size).toBeGreaterThan(500);
});

function sequences(part: "practice" | "test"): Set<string> {
  const found = new Set<string>();
  for (const wording of readWordings().filter((each) => each.part === part)) {
    for (const text of wording.pieces.flatMap(textsOf)) {
      const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
      for (let at = 0; at + SEQUENCE <= words.length; at++) found.add(words.slice(at, at + SEQUENCE).join(" "));
    }
  }
  return found;
}

function textsOf(piece: Piece): readonly string[] {
  if (piece.kind === "title") return piece.texts;
  return piece.kind === "fact" ? [piece.label, piece.text] : [piece.text];
}
