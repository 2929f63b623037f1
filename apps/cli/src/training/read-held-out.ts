import type { SluiceClient } from "@sluice/client";
import type { HeldOut } from "@sluice/evaluation";

/**
 * How a model's labels of documents held out stand to those of an LLM, by content hash. Where the LLM gave none, the model does not agree:
 * it would give a label that the LLM would not.
 */
export async function readHeldOut(
  client: SluiceClient,
  batchId: string,
  llm: ReadonlyMap<string, string>,
): Promise<HeldOut[]> {
  const heldOut: HeldOut[] = [];
  for await (const { contentHash, category, confidence, classifyState } of client.results(batchId)) {
    if (contentHash === null || classifyState === "no_text") continue;
    heldOut.push({ confidence: confidence ?? 0, agrees: category !== null && llm.get(contentHash) === category });
  }
  return heldOut;
}
