import type { Taxonomy } from "@sluice/contracts";

/** A keyword of several categories: it tells none of them from the others. */
export interface SharedKeyword {
  readonly term: string;
  readonly categories: readonly string[];
}

/** Keywords that speak for more than one category, in whatever case; those that speak against one are left out. */
export function sharedKeywords({ categories }: Taxonomy): SharedKeyword[] {
  const byTerm = new Map<string, { term: string; categories: string[] }>();
  for (const { id, keywords } of categories) {
    for (const keyword of keywords) {
      const { term, weight } = typeof keyword === "string" ? { term: keyword, weight: 1 } : keyword;
      if (weight <= 0) continue;
      const key = term.toLowerCase();
      const entry = byTerm.get(key) ?? { term, categories: [] };
      if (!entry.categories.includes(id)) entry.categories.push(id);
      byTerm.set(key, entry);
    }
  }
  return [...byTerm.values()].filter((entry) => entry.categories.length > 1);
}
