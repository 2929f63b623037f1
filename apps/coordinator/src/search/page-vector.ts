import { textWords } from "./text-words.ts";
import { wordStem } from "./word-stem.ts";

// PostgreSQL counts no further, and refuses a vector of more than a megabyte.
const MAX_POSITION = 16_383;
const MAX_BYTES = 512 << 10;
const MAX_PLACES = 255;

/** How much of a page is looked at: what bounds the work for one that is a book by itself. */
export const MAX_PAGE_CHARS = 200_000;

/** The words of a page as PostgreSQL reads a tsvector. A page that is too long is searchable by its beginning. */
export function pageVector(text: string, language: string | null): string {
  const places = new Map<string, number[]>();
  let bytes = 0;
  for (const { word, position, pair } of textWords(text)) {
    if (position > MAX_POSITION) break;
    const stem = pair ? word : wordStem(word, language);
    const known = places.get(stem);
    if (known === undefined) {
      bytes += Buffer.byteLength(stem) + 16;
      if (bytes > MAX_BYTES) break;
      places.set(stem, [position]);
    } else if (known.length < MAX_PLACES) known.push(position);
  }
  // Words are letters, digits and marks: nothing in them ends the quotes.
  return [...places].map(([stem, positions]) => `'${stem}':${positions.join(",")}`).join(" ");
}
