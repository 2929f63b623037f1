import { qualityGroup } from "./quality-group.ts";
import type { TextQuality } from "./text-quality.ts";

export interface DocumentQuality extends TextQuality {
  document: string;
}

export interface MeanQuality extends TextQuality {
  documents: number;
}

export interface Quality {
  all: MeanQuality;
  groups: Record<string, MeanQuality>;
  documents: DocumentQuality[];
}

/** Means over documents, each counting the same whatever its length; null for none. */
export function meanQuality(documents: readonly DocumentQuality[]): Quality | null {
  if (documents.length === 0) return null;
  const groups = Map.groupBy(documents, ({ document }) => qualityGroup(document.split("/").at(-1) ?? ""));
  const named = [...groups].flatMap(([group, members]) => (group === null ? [] : [[group, mean(members)] as const]));
  return {
    all: mean(documents),
    groups: Object.fromEntries(named.sort(([left], [right]) => (left < right ? -1 : 1))),
    documents: [...documents],
  };
}

function mean(documents: readonly DocumentQuality[]): MeanQuality {
  const of = (figure: keyof TextQuality) =>
    documents.reduce((sum, document) => sum + document[figure], 0) / documents.length;
  return {
    documents: documents.length,
    levRaw: of("levRaw"),
    lev: of("lev"),
    f1: of("f1"),
    order: of("order"),
    spc: of("spc"),
  };
}
