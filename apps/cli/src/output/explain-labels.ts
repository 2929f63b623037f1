import type { SluiceClient } from "@sluice/client";
import { DEFAULT_MARKS, type LabelSource, type ResultRow, type Term } from "@sluice/contracts";

/** Why a document has its label, or none, whoever judged it. */
export interface Explanation {
  readonly uri: string;
  readonly path: string;
  readonly state: ResultRow["classifyState"];
  readonly category: string | null;
  /** Of the label, or of the one that was withheld. */
  readonly confidence: number;
  readonly source: LabelSource;
  /** Confidence below which a label is withheld, and how far above it this one is; negative: it was withheld. */
  readonly mark: number;
  readonly margin: number;
  readonly runnerUp: ResultRow["runnerUp"];
  readonly terms: readonly Term[];
  readonly reason: string | null;
}

// All are in one JSON object; `results --format jsonl` has terms without bound.
const MOST_EXPLAINED = 1_000;

/** Explains the documents of a batch that were judged, the first 1,000 in its order. */
export async function explainLabels(
  client: Pick<SluiceClient, "results">,
  batchId: string,
  options: { readonly minConfidence?: number | undefined },
): Promise<Explanation[]> {
  const explanations: Explanation[] = [];
  for await (const row of client.results(batchId)) {
    if (row.labelSource === null) continue;
    explanations.push(explain(row, row.labelSource, options.minConfidence ?? markOf(row.labelSource)));
    if (explanations.length === MOST_EXPLAINED) break;
  }
  return explanations;
}

function explain(row: ResultRow, source: LabelSource, mark: number): Explanation {
  const { uri, path = uri, classifyState: state, category, runnerUp, terms, labelReason: reason } = row;
  const confidence = row.confidence ?? 0;
  const margin = Math.round((confidence - mark) * 1_000) / 1_000;
  return { uri, path, state, category, confidence, source, mark, margin, runnerUp, terms, reason };
}

/** Near-duplicates have the label of an LLM. */
function markOf(source: LabelSource): number {
  return DEFAULT_MARKS[source === "near_duplicate" ? "llm" : source];
}
