import type { SluiceClient } from "@sluice/client";
import type { HeldOut } from "@sluice/evaluation";
import type { SampledItem } from "./draw-sample.ts";

/**
 * What a model says of documents held out, held against the labels of an LLM by content hash, and how sure it is of the others in its batch.
 * Where the LLM gave no label the model does not agree: it would give one that the LLM would not.
 */
export async function readHeldOut(
  client: SluiceClient,
  batchId: string,
  { heldOut, llm }: { heldOut: readonly SampledItem[]; llm: ReadonlyMap<string, string> },
): Promise<{ proof: readonly HeldOut[]; others: readonly number[] }> {
  const hashes = new Set(heldOut.map(({ contentHash }) => contentHash));
  const proof: HeldOut[] = [];
  const others: number[] = [];
  for await (const { contentHash, category, confidence, classifyState } of client.results(batchId)) {
    if (contentHash === null || classifyState === "no_text") continue;
    if (!hashes.has(contentHash)) others.push(confidence ?? 0);
    else proof.push({ confidence: confidence ?? 0, agrees: category !== null && llm.get(contentHash) === category });
  }
  return { proof, others };
}
