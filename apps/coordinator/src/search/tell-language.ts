import { LANGUAGES } from "./languages.ts";
import { textWords } from "./text-words.ts";

// Enough to tell, and no more than a page or two.
const WORDS_LOOKED_AT = 1_000;
// One word in twelve is small in the tersest of tables with sentences; below that it is luck.
const LEAST_SHARE = 0.08;
const LEAST_WORDS = 3;

const SCRIPTS: readonly (readonly [language: string, script: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["ko", /\p{Script=Hangul}/u],
  ["zh", /\p{Script=Han}/u],
  ["th", /\p{Script=Thai}/u],
  ["he", /\p{Script=Hebrew}/u],
  ["hi", /\p{Script=Devanagari}/u],
  ["el", /\p{Script=Greek}/u],
];

/**
 * The language of a text by its small words, or by its script where that says it; ISO 639-1. What a document says of itself
 * (`claimed`, such as `en-GB`) comes after that: most programs write their own language into it. null: cannot be told.
 */
export function tellLanguage(text: string, claimed: string | null): string | null {
  const hits: Record<string, number> = {};
  const scripts: Record<string, number> = {};
  let words = 0;
  for (const { word } of textWords(text)) {
    words += 1;
    for (const [language, { small }] of Object.entries(LANGUAGES)) {
      if (small.has(word)) hits[language] = (hits[language] ?? 0) + 1;
    }
    for (const [language, script] of SCRIPTS) {
      if (!script.test(word)) continue;
      scripts[language] = (scripts[language] ?? 0) + 1;
      break;
    }
    if (words === WORDS_LOOKED_AT) break;
  }
  const [script = null, inScript = 0] = most(scripts) ?? [];
  // Japanese is written with more Chinese characters than with its own.
  if (inScript > words / 3) return (scripts["ja"] ?? 0) > words / 20 ? "ja" : script;
  const [language = null, small = 0] = most(hits) ?? [];
  if (small >= LEAST_WORDS && small >= words * LEAST_SHARE) return language;
  const main = claimed?.toLowerCase().split(/[-_]/)[0] ?? "";
  return /^[a-z]{2}$/.test(main) ? main : null;
}

function most(counts: Record<string, number>): [string, number] | undefined {
  return Object.entries(counts).toSorted(([, left], [, right]) => right - left)[0];
}
