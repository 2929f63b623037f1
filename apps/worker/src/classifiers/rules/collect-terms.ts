import type { Category, Taxonomy } from "@sluice/contracts";
import { isFunctionWord } from "./function-words.ts";
import type { PostingKind } from "./rule-tables.ts";
import { termKey, tokenizeTerm, type TermToken } from "./tokenize-term.ts";

/** What one term says about one category. */
export interface Posting {
  readonly category: number;
  readonly weight: number;
  readonly kind: keyof typeof PostingKind;
  /** As the taxonomy writes it, for the explanation. */
  readonly term: string;
}

/** A word or phrase, and what it says about each category that has it. */
export interface WeighedTerm {
  readonly tokens: readonly TermToken[];
  readonly postings: readonly Posting[];
}

const ALIAS_WEIGHT = 5;
const NAME_WORD_WEIGHT = 2;
const DESCRIPTION_WEIGHT = 1.2;
// Beside keywords that someone chose, the words of a description are a weak hint.
const DESCRIPTION_WEIGHT_BESIDE_KEYWORDS = 0.15;

/** Gathers the terms of all categories, weighed by how few categories share each (inverse category frequency). */
export function collectTerms(taxonomy: Taxonomy): WeighedTerm[] {
  const index = new Map<string, { tokens: TermToken[]; postings: Posting[] }>();
  const add = (term: string, posting: Posting): void => {
    const tokens = tokenizeTerm(term);
    if (tokens.length === 0) return;
    const key = termKey(tokens);
    const entry = index.get(key);
    if (entry === undefined) {
      index.set(key, { tokens, postings: [posting] });
      return;
    }
    const known = entry.postings.findIndex((other) => other.category === posting.category);
    if (known === -1) entry.postings.push(posting);
    else if (Math.abs(posting.weight) > Math.abs((entry.postings[known] as Posting).weight))
      entry.postings[known] = posting;
  };
  taxonomy.categories.forEach((category, number) => addCategory(category, number, add));

  const total = taxonomy.categories.length;
  const terms: WeighedTerm[] = [];
  for (const { tokens, postings: shared } of index.values()) {
    // A word of every description tells nothing, whatever its weight.
    if (total > 1 && shared.length === total) continue;
    const rarity = total === 1 ? 1 : Math.log(1 + total / shared.length) / Math.log(1 + total);
    terms.push({ tokens, postings: shared.map((posting) => ({ ...posting, weight: posting.weight * rarity })) });
  }
  return terms;
}

function addCategory(category: Category, number: number, add: (term: string, posting: Posting) => void): void {
  for (const alias of [category.name, category.id, ...(category.aliases ?? [])]) {
    const term = alias === category.id ? alias.replace(/[_-]/g, " ") : alias;
    add(term, { category: number, weight: ALIAS_WEIGHT, kind: "Alias", term });
  }
  for (const keyword of category.keywords) {
    const { term, weight } = typeof keyword === "string" ? { term: keyword, weight: 1 } : keyword;
    add(term, { category: number, weight, kind: "Keyword", term });
  }
  const described = category.keywords.length >= 8;
  if (!described)
    for (const word of contentWords(category.name))
      add(word.pattern, { category: number, weight: NAME_WORD_WEIGHT, kind: "Description", term: word.shown });
  const weight = described ? DESCRIPTION_WEIGHT_BESIDE_KEYWORDS : DESCRIPTION_WEIGHT;
  for (const word of contentWords(category.description))
    add(word.pattern, { category: number, weight, kind: "Description", term: word.shown });
}

/** The words of a description that mean something, opened at their end so that plurals and other endings match. */
function contentWords(text: string): { pattern: string; shown: string }[] {
  const words = new Map<string, string>();
  const ideographs: string[] = [];
  for (const token of tokenizeTerm(text)) {
    if (token.number) continue;
    const code = token.text.charCodeAt(0);
    // Scripts without spaces: neighbouring signs in pairs.
    if (token.text.length === 1 && code >= 0xe00) {
      ideographs.push(token.text);
      continue;
    }
    if (token.text.length < 3 || isFunctionWord(token.text)) continue;
    words.set(openEnding(token.text), token.text);
  }
  for (let index = 0; index + 1 < ideographs.length; index++)
    words.set(`${ideographs[index]}${ideographs[index + 1]}`, `${ideographs[index]}${ideographs[index + 1]}`);
  return [...words].map(([pattern, shown]) => ({ pattern, shown }));
}

function openEnding(word: string): string {
  const stem = word.length >= 5 ? word.replace(/(?:ies|es|s|y|e|a|o|i)$/, "") : word.replace(/s$/, "");
  return stem.length >= 4 ? `${stem}*` : word;
}
