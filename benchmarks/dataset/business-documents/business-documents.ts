import { LAYOUTS, type MadeDocument, makeDocument } from "./make-document.ts";
import { readWordings } from "./read-wordings.ts";
import { SeededRandom } from "./seeded-random.ts";

export const SEED = 20_251;

/** Documents of the eighteen kinds in twenty layouts each: those to improve terms by, or those that no term was written on. */
export function businessDocuments(part: "practice" | "test", seed = SEED): MadeDocument[] {
  return readWordings()
    .filter((wording) => wording.part === part)
    .flatMap((wording, index) =>
      Array.from({ length: LAYOUTS }, (_, layout) =>
        makeDocument(wording, layout, new SeededRandom(seed + index * LAYOUTS + layout)),
      ),
    );
}
