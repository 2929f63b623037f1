import type { Category, Taxonomy } from "@sluice/contracts";

/** What is allowed and helps nobody: `path` leads to it from the top of the file. */
export interface TaxonomyWarning {
  readonly path: readonly (string | number)[];
  readonly warning: string;
}

const SIMILAR = 0.8;
const LEAST_WORDS = 3;

/** Keywords that never match, say nothing or tell nothing apart, and descriptions that are all but the same or hold no words, category by category. */
export function taxonomyWarnings({ categories }: Taxonomy): TaxonomyWarning[] {
  const owners = keywordOwners(categories);
  return categories.flatMap((category, index) => [
    ...describe(category, categories.slice(0, index)).map((warning) => ({
      path: ["categories", index, "description"],
      warning,
    })),
    ...category.keywords.flatMap((keyword, at) => {
      const warning = keywordWarning(category, at, owners, categories.length);
      return warning === null
        ? []
        : [{ path: ["categories", index, "keywords", at], warning: `"${termOf(keyword)}" ${warning}` }];
    }),
  ]);
}

function keywordWarning(
  { id, keywords }: Category,
  at: number,
  owners: ReadonlyMap<string, readonly string[]>,
  all: number,
): string | null {
  const keyword = keywords[at];
  if (keyword === undefined) return null;
  const key = folded(termOf(keyword));
  if (key === "") return "never matches: it has no letter and no number";
  if (weightOf(keyword) === 0) return "has weight 0: it says nothing";
  if (/\*(?=[\p{L}\p{N}])/u.test(termOf(keyword))) return "has a * before letters: it stands for endings only";
  if (keywords.slice(0, at).some((earlier) => folded(termOf(earlier)) === key))
    return "is there before, but for case and accents: the stronger weight counts";
  const speaksFor = owners.get(key) ?? [];
  // Told where it comes first.
  if (speaksFor.length < 2 || speaksFor[0] !== id || weightOf(keyword) < 0) return null;
  return speaksFor.length === all
    ? "speaks for every category: it tells nothing"
    : `speaks for ${speaksFor.join(", ")}: it tells none from the others`;
}

function keywordOwners(categories: readonly Category[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { id, keywords } of categories) {
    for (const keyword of keywords) {
      if (weightOf(keyword) <= 0) continue;
      const key = folded(termOf(keyword));
      const known = owners.get(key) ?? [];
      if (!known.includes(id)) owners.set(key, [...known, id]);
    }
  }
  return owners;
}

function describe(category: Category, earlier: readonly Category[]): string[] {
  const words = wordsOf(category.description);
  if (words.size < LEAST_WORDS && category.keywords.length === 0)
    return ["has hardly a word to look for, and there are no keywords: say what such a document speaks of"];
  const alike = earlier.find((other) => similarity(words, wordsOf(other.description)) >= SIMILAR);
  return alike === undefined ? [] : [`says nearly what that of "${alike.id}" says: it tells them hardly apart`];
}

function similarity(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const union = left.union(right).size;
  return union === 0 ? 0 : left.intersection(right).size / union;
}

/** Words of three letters and more, and signs of scripts that write no spaces. */
function wordsOf(text: string): Set<string> {
  return new Set(
    folded(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]{3,}/gu),
  );
}

/** As documents are compared, near enough for a hint: without case, accents and signs, but with `*` and `#`. */
function folded(term: string): string {
  const plain = term.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^\p{L}\p{N}*#]+/gu, " ")
    .replace(/(?<![\p{L}\p{N}])\*/gu, "")
    .trim();
}

function termOf(keyword: Category["keywords"][number]): string {
  return typeof keyword === "string" ? keyword : keyword.term;
}

function weightOf(keyword: Category["keywords"][number]): number {
  return typeof keyword === "string" ? 1 : keyword.weight;
}
