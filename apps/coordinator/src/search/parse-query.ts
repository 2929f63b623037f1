import { AppError } from "@sluice/contracts";
import { textWords } from "./text-words.ts";
import { withoutAccents, wordStem } from "./word-stem.ts";

const MAX_WORDS = 32;
// Fewer letters begin a good part of all words there are.
const LEAST_LETTERS = 2;

/** What is looked for. */
export interface SearchQuery {
  /** For PostgreSQL: a tsquery. */
  readonly text: string;
  /** Whether a word of a document of this language is one of those looked for, and which of them. */
  matches(word: string, pair: boolean, language: string | null): number | null;
}

interface Word {
  readonly word: string;
  /** Of a script without spaces. */
  readonly pair: boolean;
  /** What it begins is meant as well: of pairs a single character, of other words what a `*` follows. */
  readonly beginning: boolean;
}

interface Term {
  readonly negated: boolean;
  /** They stand beside each other. */
  readonly words: readonly Word[];
}

/**
 * Words as people type them: all of them, `"in this order"`, `this OR that`, `-not this`, `begin*`. Each word is looked for by its stem in
 * every one of the languages, since nobody says in which one they ask. BAD_REQUEST when there is nothing to look for.
 */
export function parseQuery(text: string, languages: readonly (string | null)[]): SearchQuery {
  const alternatives: Term[][] = [[]];
  for (const [token] of text.matchAll(/-?"[^"]*"?|\S+/g)) {
    if (/^or$/i.test(token) && (alternatives.at(-1)?.length ?? 0) > 0) {
      alternatives.push([]);
      continue;
    }
    const negated = /^-(?=.)/.test(token);
    const words = wordsOf(token);
    if (words.length > 0) alternatives.at(-1)?.push({ negated, words });
  }
  const asked = alternatives.filter((terms) => terms.length > 0);
  if (asked.length === 0 || asked.some((terms) => terms.every((term) => term.negated))) {
    throw new AppError("BAD_REQUEST", "There is nothing to look for: give at least one word that is to be there.");
  }
  const count = asked.flat().reduce((sum, term) => sum + term.words.length, 0);
  if (count > MAX_WORDS) {
    throw new AppError("BAD_REQUEST", `${count} words are looked for; ${MAX_WORDS} is the most.`);
  }
  return {
    text: asked.map((terms) => `(${terms.map((term) => termText(term, languages)).join(" & ")})`).join(" | "),
    matches: matcher(asked.flat().filter((term) => !term.negated)),
  };
}

function wordsOf(token: string): Word[] {
  const words = [...textWords(token)];
  const begins = /[\p{L}\p{N}\p{M}]\*$/u.test(token);
  return words.flatMap(({ word, pair, start, end }, index): Word[] => {
    const characters = Array.from(word).length;
    if (!pair) {
      const beginning = begins && index === words.length - 1;
      if (beginning && characters < LEAST_LETTERS) {
        throw new AppError("BAD_REQUEST", `${token} begins too many words: give at least ${LEAST_LETTERS} letters.`);
      }
      return [{ word, pair, beginning }];
    }
    if (characters > 1) return [{ word, pair, beginning: false }];
    // The last character of a run is in the pair before it; one that is alone is the beginning of pairs.
    const before = words[index - 1];
    const inPair = before !== undefined && before.pair && before.end === end && before.start < start;
    return inPair ? [] : [{ word, pair, beginning: true }];
  });
}

function termText({ negated, words }: Term, languages: readonly (string | null)[]): string {
  const parts = words.map(({ word, pair, beginning }) => {
    if (pair) return `'${word}'${beginning ? ":*" : ""}`;
    const stems = new Set(languages.map((language) => `'${wordStem(word, language)}'`));
    // What it begins, and the word itself, whose stem may be shorter.
    if (beginning) stems.add(`'${withoutAccents(word)}':*`);
    return stems.size === 1 ? [...stems].join("") : `(${[...stems].join(" | ")})`;
  });
  const text = parts.length === 1 ? parts.join("") : `(${parts.join(" <-> ")})`;
  return negated ? `!${text}` : text;
}

function matcher(terms: readonly Term[]): SearchQuery["matches"] {
  const words = terms.flatMap((term) => term.words);
  const begins = [...words.entries()]
    .filter(([, { beginning, pair }]) => beginning && !pair)
    .map(([index, { word }]) => ({ index, beginning: withoutAccents(word) }));
  const byLanguage = new Map<string | null, Map<string, number>>();
  return (word, pair, language) => {
    if (pair) {
      const index = words.findIndex(
        (each) => each.pair && (each.beginning ? word.startsWith(each.word) : each.word === word),
      );
      return index === -1 ? null : index;
    }
    let stems = byLanguage.get(language);
    if (stems === undefined) {
      const plain = [...words.entries()].filter(([, each]) => !each.pair);
      stems = new Map(plain.map(([index, each]) => [wordStem(each.word, language), index]));
      byLanguage.set(language, stems);
    }
    const index = stems.get(wordStem(word, language));
    if (index !== undefined) return index;
    const plain = withoutAccents(word);
    const begun = begins.find(({ beginning }) => plain.startsWith(beginning));
    return begun?.index ?? null;
  };
}
