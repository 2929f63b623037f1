import type { SluiceClient } from "@sluice/client";
import { chooseSample } from "@sluice/evaluation";
import type { LabelledDocument } from "./train-model.ts";

/** Documents of a batch that have their label from an LLM, each content once; `most` of them, of each category in turns. */
export async function llmLabels(
  client: SluiceClient,
  batchId: string,
  { most, seed }: { most: number | null; seed: number },
): Promise<LabelledDocument[]> {
  const labels = new Map<string, string>();
  for await (const { contentHash, category, labelSource } of client.results(batchId)) {
    if (contentHash !== null && category !== null && labelSource === "llm") labels.set(contentHash, category);
  }
  const candidates = [...labels].map(([id, guess]) => ({ id, guess }));
  const chosen = chooseSample(candidates, { seed, heldOut: 0, training: most ?? candidates.length }).training;
  return chosen.map((contentHash) => ({ contentHash, labels: [labels.get(contentHash) ?? ""] }));
}
