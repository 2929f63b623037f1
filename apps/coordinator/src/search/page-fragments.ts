import type { SearchFragment } from "@sluice/contracts";
import type { SearchQuery } from "./parse-query.ts";
import { textWords } from "./text-words.ts";

const FRAGMENT_CHARS = 240;
const LEAD_CHARS = 60;
const MAX_FRAGMENTS = 2;
// The places that are weighed against each other; the best of very many is about as good as the best of these.
const MAX_PLACES = 2_000;
const MAX_WORDS_WITHIN = 64;

interface Place {
  readonly start: number;
  readonly end: number;
  /** Which of the words. */
  readonly index: number;
}

/** The parts of a page that have the most of the words, in the order of the text. */
export function pageFragments(text: string, query: SearchQuery, language: string | null): SearchFragment[] {
  const places = findPlaces(text, query, language);
  const windows = places.map(({ start }, first) => {
    const to = start + FRAGMENT_CHARS - LEAD_CHARS;
    const within = places.slice(first, first + MAX_WORDS_WITHIN).filter((place) => place.end <= to);
    return { from: start, to, score: new Set(within.map((place) => place.index)).size * 100 + within.length };
  });
  const chosen: typeof windows = [];
  for (const window of windows.toSorted((left, right) => right.score - left.score || left.from - right.from)) {
    if (chosen.length === MAX_FRAGMENTS) break;
    const apart = chosen.every((other) => window.from - LEAD_CHARS > other.to || window.to < other.from - LEAD_CHARS);
    if (apart) chosen.push(window);
  }
  return chosen.toSorted((left, right) => left.from - right.from).map(({ from }) => cut(text, from, places));
}

function findPlaces(text: string, query: SearchQuery, language: string | null): Place[] {
  const places: Place[] = [];
  for (const { word, pair, start, end } of textWords(text)) {
    const index = query.matches(word, pair, language);
    if (index !== null) places.push({ start, end, index });
    if (places.length === MAX_PLACES) break;
  }
  return places;
}

function cut(text: string, place: number, places: readonly Place[]): SearchFragment {
  const from = beginning(text, Math.max(0, place - LEAD_CHARS), place);
  const end = ending(text, place, Math.min(text.length, from + FRAGMENT_CHARS));
  const marks: { start: number; end: number }[] = [];
  for (const each of places) {
    if (each.start < from || each.end > end) continue;
    const last = marks.at(-1);
    // Pairs of characters overlap.
    if (last !== undefined && each.start - from < last.end) last.end = Math.max(last.end, each.end - from);
    else marks.push({ start: each.start - from, end: each.end - from });
  }
  // One for one, so that the marks stay right.
  return { text: text.slice(from, end).replaceAll(/[\p{Cc}\u2028\u2029]/gu, " "), marks };
}

/** Where a word begins, from `at` on and before `latest`; where none does, a whole character. */
function beginning(text: string, at: number, latest: number): number {
  const space = at === 0 ? -1 : text.slice(at, latest).search(/\s\S/);
  return space === -1 ? wholeCharacter(text, at) : at + space + 1;
}

/** Where a word ends, up to `at` and behind `earliest`. */
function ending(text: string, earliest: number, at: number): number {
  if (at === text.length) return at;
  const space = text.slice(earliest, at).search(/\s\S*$/);
  return space <= 0 ? wholeCharacter(text, at) : earliest + space;
}

function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}
