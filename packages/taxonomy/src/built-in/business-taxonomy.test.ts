import { expect, test } from "bun:test";
import { taxonomySchema } from "@sluice/contracts";
import { taxonomyHash } from "../taxonomy-hash.ts";
import { BUSINESS_TAXONOMY_HASH } from "./business-taxonomy-hash.ts";
import { businessTaxonomy } from "./business-taxonomy.ts";
import { businessCategoryIds } from "./category-terms.ts";

test("the built-in taxonomy satisfies its own schema", () => {
  expect(taxonomySchema.parse(businessTaxonomy)).toEqual(businessTaxonomy);
});

test("it has the eighteen document types", () => {
  expect(businessTaxonomy.categories.map((category) => category.id)).toEqual([...businessCategoryIds]);
  expect(businessCategoryIds).toHaveLength(18);
});

test("every category has words in every script", () => {
  const scripts = {
    Latin: /[a-z]/,
    Cyrillic: /[а-я]/,
    Greek: /[α-ω]/,
    Arabic: /[ا-ي]/,
    Hebrew: /[א-ת]/,
    kana: /[ぁ-んァ-ン]/,
    Hangul: /[가-힣]/,
    ideographs: /[一-鿿]/,
  };
  for (const category of businessTaxonomy.categories) {
    const terms = category.keywords.map((keyword) => (typeof keyword === "string" ? keyword : keyword.term));
    for (const [script, sign] of Object.entries(scripts)) {
      expect([category.id, script, terms.filter((term) => sign.test(term)).length >= 5]).toEqual([
        category.id,
        script,
        true,
      ]);
    }
  }
});

test("the committed hash is that of the taxonomy: write the new one down when the terms change", () => {
  expect(BUSINESS_TAXONOMY_HASH).toBe(taxonomyHash(businessTaxonomy));
});
