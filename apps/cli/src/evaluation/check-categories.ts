import { AppError, nearestName, type Taxonomy } from "@sluice/contracts";
import type { LabelRow } from "@sluice/evaluation";

const SHOWN_UNKNOWN = 5;
const SHOWN_CATEGORIES = 20;

/**
 * What a batch's taxonomy does not have no document can get: a misspelt category would count as a fault of the classifier.
 * LABELS_INVALID with the lines of such categories, and for several of them where the taxonomy gives one.
 */
export function checkCategories(labels: readonly LabelRow[], taxonomy: Taxonomy, fileName: string): void {
  const invalid = (line: number, message: string) => new AppError("LABELS_INVALID", `${fileName}:${line}: ${message}`);
  const known = new Set(taxonomy.categories.map(({ id }) => id));
  const unknown = new Map<string, number>();
  for (const { categories, line } of labels) {
    for (const category of categories) {
      if (!known.has(category) && !unknown.has(category)) unknown.set(category, line);
    }
  }
  const [first, ...others] = unknown;
  if (first !== undefined) {
    const [category, line] = first;
    const shown = others.slice(0, SHOWN_UNKNOWN).map(([other, where]) => `${other} in line ${where}`);
    if (others.length > shown.length) shown.push(`${others.length - shown.length} more`);
    const nor = shown.length === 0 ? "" : `, nor are ${shown.join(", ")}`;
    const meant = nearestName(category, [...known]);
    const instead = meant === null ? `it has ${listed([...known])}.` : `did you mean ${meant}?`;
    throw invalid(line, `${category} is no category of the batch's taxonomy${nor}; ${instead}`);
  }
  const several = taxonomyGivesSeveral(taxonomy) ? undefined : labels.find(({ categories }) => categories.length > 1);
  if (several !== undefined) {
    const { document, categories, line } = several;
    throw invalid(line, `${document} is ${categories.join(" and ")}, but the batch's taxonomy gives one category.`);
  }
}

/** Whether documents may have several labels under it. */
export function taxonomyGivesSeveral(taxonomy: Taxonomy): boolean {
  return taxonomy.labels === "multi";
}

function listed(categories: readonly string[]): string {
  const hidden = categories.length - SHOWN_CATEGORIES;
  return `${categories.slice(0, SHOWN_CATEGORIES).join(", ")}${hidden > 0 ? ` and ${hidden} more` : ""}`;
}
