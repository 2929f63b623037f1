import { LANGUAGES } from "./languages.ts";

// A language's common words are a few thousand; the rest comes once and need not be remembered.
const MAX_REMEMBERED = 20_000;
const remembered = new Map<string, Map<string, string>>();

/** The form under which a word is found: its stem by the rules of a language, null for none of them, without accents. */
export function wordStem(word: string, language: string | null): string {
  const known = rememberedOf(language ?? "");
  const before = known.get(word);
  if (before !== undefined) return before;
  const rules = language === null ? undefined : LANGUAGES[language];
  const stem = withoutAccents(/^\p{L}/u.test(word) && rules !== undefined ? stemOf(word, rules.stem) : word);
  // A stemmer may leave nothing of a short word.
  const found = stem === "" ? withoutAccents(word) : stem;
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(word, found);
  return found;
}

/** By the rules; the word itself where they fail, as Bulgarian's do at endings that another letter takes the place of. */
function stemOf(word: string, stem: (word: string) => string): string {
  try {
    return stem(word);
  } catch {
    return word;
  }
}

function rememberedOf(language: string): Map<string, string> {
  let known = remembered.get(language);
  if (known === undefined) remembered.set(language, (known = new Map<string, string>()));
  return known;
}

// Marks that change a letter of the scripts that can be written without them; in those of India they are vowels.
const ACCENTS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]\p{Mn}*)\p{Mn}+/gu;
const ELSEWHERE: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  đ: "d",
  ł: "l",
  æ: "ae",
  œ: "oe",
  ı: "i",
  ـ: "",
};
const SPECIAL = /[ßøđłæœıـ]/gu;

/** A word as it is written where there are no accents. */
export function withoutAccents(word: string): string {
  if (/^[\u0020-\u007e]*$/.test(word)) return word;
  return word
    .replaceAll(SPECIAL, (letter) => ELSEWHERE[letter] ?? letter)
    .normalize("NFD")
    .replaceAll(ACCENTS, "")
    .normalize("NFC");
}
