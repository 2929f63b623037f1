import type { SluiceClient } from "@sluice/client";
import { type Candidate, chooseSample, sampleSizes } from "@sluice/evaluation";

export interface SampledItem {
  readonly ordinal: number;
  readonly contentHash: string;
}

export interface DrawnSample {
  /** Distinct ones with a text to judge. */
  readonly documents: number;
  /** null: one that proves anything would be most of them. */
  readonly sample: {
    readonly heldOut: readonly SampledItem[];
    readonly training: readonly SampledItem[];
    /** Some of those that nobody is asked about. */
    readonly others: readonly SampledItem[];
  } | null;
}

/** Their confidences say where a threshold may lie: more of them say nothing more. */
const MOST_OTHERS = 1_000;

const WITH_TEXT = new Set(["classified", "abstained", "none", "failed"]);

/** Draws the documents of a batch that an LLM is asked about, by what its labels take them for; the same for the same batch and seed. */
export async function drawSample(
  client: SluiceClient,
  batchId: string,
  { agreement, categories, seed }: { agreement: number; categories: number; seed: number },
): Promise<DrawnSample> {
  const items = new Map<string, SampledItem>();
  const candidates: Candidate[] = [];
  for await (const { ordinal, contentHash, category, confidence, classifyState } of client.results(batchId)) {
    if (contentHash === null || items.has(contentHash) || !WITH_TEXT.has(classifyState)) continue;
    items.set(contentHash, { ordinal, contentHash });
    candidates.push({ id: contentHash, guess: category, ...(confidence === null ? {} : { confidence }) });
  }
  const sizes = sampleSizes(candidates.length, { agreement, categories });
  if (sizes === null) return { documents: candidates.length, sample: null };
  const { heldOut, training } = chooseSample(candidates, { seed, ...sizes });
  const itemsOf = (ids: readonly string[]) => ids.flatMap((id) => items.get(id) ?? []);
  const asked = new Set([...heldOut, ...training]);
  const others = [...items.values()].filter(({ contentHash }) => !asked.has(contentHash)).slice(0, MOST_OTHERS);
  return { documents: candidates.length, sample: { heldOut: itemsOf(heldOut), training: itemsOf(training), others } };
}
