import type { Keyword, Taxonomy } from "@sluice/contracts";
import { businessCategories } from "./business-categories.ts";
import { businessCategoryIds, type BusinessCategoryId, type LanguageTerms } from "./category-terms.ts";
import { arabic } from "./languages/arabic.ts";
import { chineseSimplified } from "./languages/chinese-simplified.ts";
import { chineseTraditional } from "./languages/chinese-traditional.ts";
import { czechSlovak } from "./languages/czech-slovak.ts";
import { danishNorwegian } from "./languages/danish-norwegian.ts";
import { dutch } from "./languages/dutch.ts";
import { english } from "./languages/english.ts";
import { finnish } from "./languages/finnish.ts";
import { french } from "./languages/french.ts";
import { german } from "./languages/german.ts";
import { greek } from "./languages/greek.ts";
import { hebrew } from "./languages/hebrew.ts";
import { hungarian } from "./languages/hungarian.ts";
import { italian } from "./languages/italian.ts";
import { japanese } from "./languages/japanese.ts";
import { korean } from "./languages/korean.ts";
import { polish } from "./languages/polish.ts";
import { portuguese } from "./languages/portuguese.ts";
import { romanian } from "./languages/romanian.ts";
import { russian } from "./languages/russian.ts";
import { spanish } from "./languages/spanish.ts";
import { swedish } from "./languages/swedish.ts";
import { turkish } from "./languages/turkish.ts";
import { ukrainian } from "./languages/ukrainian.ts";

const STRONG_WEIGHT = 2;
const TYPICAL_WEIGHT = 1.2;
const USUAL_WEIGHT = 0.7;

const languages: readonly LanguageTerms[] = [
  english,
  arabic,
  chineseSimplified,
  chineseTraditional,
  czechSlovak,
  danishNorwegian,
  dutch,
  finnish,
  french,
  german,
  greek,
  hebrew,
  hungarian,
  italian,
  japanese,
  korean,
  polish,
  portuguese,
  romanian,
  russian,
  spanish,
  swedish,
  turkish,
  ukrainian,
];

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
  const add = (list: string, full: number): void => {
    for (const term of split(list)) weights.set(term, Math.max(weights.get(term) ?? 0, weightOf(term, full)));
  };
  for (const language of languages) {
    const { strong, typical = "", usual } = language[id];
    add(usual, USUAL_WEIGHT);
    add(typical, TYPICAL_WEIGHT);
    add(strong, STRONG_WEIGHT);
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

// The shorter a word, the likelier it is that another language has it with another meaning; a single ideograph is part of countless words.
function weightOf(term: string, weight: number): number {
  if (term.includes(" ") || term.endsWith("*")) return weight;
  const ideographs = term.charCodeAt(0) >= 0x2e80;
  if (ideographs) return term.length === 1 ? Math.min(weight, 0.3) : weight;
  return term.length <= 2 ? Math.min(weight, 0.25) : term.length === 3 ? weight * 0.45 : weight;
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
