import type { BookedBatch } from "../run/book.ts";

/**
 * The book's items in the order in which a coordinator has listed them. Of several sources, one that does not answer holds up none
 * behind it, so that only items of the same source keep their order. What is stored otherwise than so leaves the book as it was, and
 * is found by whoever compares.
 */
export function orderAsListed(items: BookedBatch["items"], storedUris: readonly string[]): BookedBatch["items"] {
  const places = new Map(items.map(({ uri }, place) => [uri, place]));
  const last = new Map<string, number>();
  const listed: number[] = [];
  for (const uri of storedUris) {
    const place = places.get(uri);
    const source = uri.slice(0, uri.lastIndexOf("/"));
    if (place === undefined || place <= (last.get(source) ?? -1)) return items;
    last.set(source, place);
    listed.push(place);
  }
  const taken = new Set(listed);
  return [...listed.flatMap((place) => items[place] ?? []), ...items.filter((_, place) => !taken.has(place))];
}
