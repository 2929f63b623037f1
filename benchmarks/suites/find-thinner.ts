import type { EngineName } from "../engines/engine.ts";

export interface Thinner {
  document: string;
  characters: number;
  peer: EngineName;
  peerCharacters: number;
}

// A document of a few letters is thinner by chance: a page number, a watermark.
const LEAST_CHARACTERS = 20;
const SHARE = 5;

/** Documents in which `native` finds less than a fifth of the letters and digits that another engine finds. */
export function findThinner(
  documents: readonly string[],
  texts: ReadonlyMap<EngineName, readonly string[]>,
): Thinner[] {
  const own = texts.get("native");
  if (own === undefined) return [];
  return documents.flatMap((document, index) => {
    const characters = letters(own[index]);
    const peers = [...texts]
      .filter(([name]) => name !== "native")
      .map(([peer, found]) => ({ peer, peerCharacters: letters(found[index]) }))
      .sort((left, right) => right.peerCharacters - left.peerCharacters);
    const [richest] = peers;
    if (richest === undefined || richest.peerCharacters < LEAST_CHARACTERS) return [];
    return characters * SHARE < richest.peerCharacters ? [{ document, characters, ...richest }] : [];
  });
}

function letters(text = ""): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
