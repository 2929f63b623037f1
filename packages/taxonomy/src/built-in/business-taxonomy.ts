import type { Keyword, Taxonomy } from "../taxonomy.ts";
import { businessCategories } from "./business-categories.ts";
import { businessCategoryIds, type BusinessCategoryId, type LanguageTerms } from "./category-terms.ts";
import { arabic } from "./languages/arabic.ts";
import { chineseSimplified } from "./languages/chinese-simplified.ts";
import { chineseTraditional } from "./languages/chinese-traditional.ts";
import { czechSlovak } from "./languages/czech-slovak.ts";
import { danishNorwegian } from "./languages/danish-norwegian.ts";
import { dutch } from "./languages/dutch.ts";
import { english } from "./languages/english.ts";
import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { greek } from "./languages/greek.ts";
import { hebrew } from "./languages/hebrew.ts";
import { italian } from "./languages/italian.ts";
import { japanese } from "./languages/japanese.ts";
import { korean } from "./languages/korean.ts";
import { polish } from "./languages/polish.ts";
import { portuguese } from "./languages/portuguese.ts";
import { russian } from "./languages/russian.ts";
import { spanish } from "./languages/spanish.ts";
import { swedish } from "./languages/swedish.ts";
import { turkish } from "./languages/turkish.ts";

const STRONG_WEIGHT = 2;
const USUAL_WEIGHT = 0.8;

const languages: readonly LanguageTerms[] = [english, arabic, chineseSimplified, chineseTraditional, czechSlovak, danishNorwegian, dutch, french, german, greek, hebrew, italian, japanese, korean, polish, portuguese, russian, spanish, swedish, turkish];

/** The built-in taxonomy: eighteen kinds of business documents, with their vocabulary in many languages. Plain data assembled at import, so that no process parses a file at start. */
export const businessTaxonomy: Taxonomy = {
  name: "business-documents",
  version: "1",
  labels: "single",
  categories: businessCategoryIds.map((id) => ({
    id,
    name: businessCategories[id].name,
    description: businessCategories[id].description,
    aliases: unique(languages.flatMap((language) => split(language[id].names))),
    keywords: keywordsOf(id),
    structure: { ...businessCategories[id].structure },
  })),
};

function keywordsOf(id: BusinessCategoryId): Keyword[] {
  const weights = new Map<string, number>();
  for (const language of languages) {
    for (const term of split(language[id].usual)) if (!weights.has(term)) weights.set(term, USUAL_WEIGHT);
    for (const term of split(language[id].strong)) weights.set(term, STRONG_WEIGHT);
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

function split(list: string): string[] {
  return list
    .split(";")
    .map((term) => term.trim())
    .filter((term) => term !== "");
}

function unique(terms: readonly string[]): string[] {
  return [...new Set(terms)];
}
