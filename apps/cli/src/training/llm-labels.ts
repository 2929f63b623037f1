import type { SluiceClient } from "@sluice/client";
import { categoriesOf } from "@sluice/contracts";
import { chooseSample } from "@sluice/evaluation";
import type { LabelledDocument } from "./train-model.ts";

/** Documents of a batch that have their label from an LLM, each content once; `most` of them, of each category in turns. */
export async function llmLabels(
  client: SluiceClient,
  batchId: string,
  { most, seed }: { most: number | null; seed: number },
): Promise<LabelledDocument[]> {
  const known = new Map<string, readonly string[]>();
  for await (const row of client.results(batchId)) {
    const categories = categoriesOf(row);
    if (row.contentHash === null || categories.length === 0 || row.labelSource !== "llm") continue;
    known.set(row.contentHash, categories);
  }
  const candidates = [...known].map(([id, [guess = null]]) => ({ id, guess }));
  const chosen = chooseSample(candidates, { seed, heldOut: 0, training: most ?? candidates.length }).training;
  return chosen.map((contentHash) => ({ contentHash, labels: known.get(contentHash) ?? [] }));
}
