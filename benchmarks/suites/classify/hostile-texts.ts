import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { businessTaxonomy } from "@sluice/taxonomy/business";
import { Glob } from "bun";
import { SeededRandom } from "../../dataset/business-documents/seeded-random.ts";
import { loadMeasurementSet, readStories } from "./measurement-sets.ts";

/** Texts of one sort that are no business documents: any label given to one is wrong. */
export interface HostileTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

const REPOSITORY = join(import.meta.dir, "../../..");
const LISTS = 200;
const WORDS = 400;
const LEAST_CODE = 1_000;

/**
 * Novels and tales, news, messages, source code, declarations of rights, and words in random order.
 * @param corpus the folder of the corpus with the declarations, or null
 * @returns with those that cannot be had, and why
 */
export async function hostileTexts(
  corpus: string | null,
): Promise<{ groups: HostileTexts[]; missing: { name: string; why: string }[] }> {
  const groups: HostileTexts[] = [];
  const missing: { name: string; why: string }[] = [];
  const offer = (name: string, texts: readonly string[] | string): void => {
    if (typeof texts === "string") missing.push({ name, why: texts });
    else groups.push({ name, texts });
  };
  const textsOf = async (set: "bbc" | "newsgroups") => {
    const rows = await loadMeasurementSet(set);
    return typeof rows === "string" ? rows : rows.map(({ text }) => text);
  };
  offer("novels and tales", await readStories());
  offer("news (BBC)", await textsOf("bbc"));
  const messages = await textsOf("newsgroups");
  offer("newsgroup messages", messages);
  offer("source code (this repository)", sourceCode());
  offer("declarations of rights", corpus === null ? "SLUICE_CORPUS names no corpus" : declarations(corpus));
  offer(
    "words in random order, of messages",
    typeof messages === "string" ? messages : wordLists(messages.slice(0, 500).flatMap((text) => text.split(/\s+/))),
  );
  // The hardest: nothing but what documents of some kind say, of all kinds at random.
  offer("terms of the taxonomy in random order", wordLists(taxonomyTerms()));
  return { groups, missing };
}

function sourceCode(): string[] {
  const texts: string[] = [];
  for (const folder of ["apps", "packages", "native/crates"]) {
    const files = [...new Glob("**/*.{ts,rs,sql}").scanSync({ cwd: join(REPOSITORY, folder) })].sort();
    for (const file of files) {
      // The taxonomy's own files are lists of what documents say.
      if (/node_modules|target|generated|built-in/.test(file)) continue;
      const text = readFileSync(join(REPOSITORY, folder, file), "utf8");
      if (text.length >= LEAST_CODE) texts.push(text);
    }
  }
  return texts;
}

function declarations(corpus: string): string[] {
  const folder = join(corpus, "bench");
  return readdirSync(folder)
    .filter((file) => /^udhr_.*\.txt$/.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8"));
}

function taxonomyTerms(): string[] {
  return businessTaxonomy.categories.flatMap(({ keywords }) =>
    keywords.map((keyword) => (typeof keyword === "string" ? keyword : keyword.term).replace(/[*#]/g, "")),
  );
}

function wordLists(words: readonly string[]): string[] {
  const random = new SeededRandom(7);
  return Array.from({ length: LISTS }, () => {
    const lines = Array.from({ length: WORDS / 8 }, () =>
      Array.from({ length: 8 }, () => random.pick(words)).join(" "),
    );
    return lines.join("\n");
  });
}
