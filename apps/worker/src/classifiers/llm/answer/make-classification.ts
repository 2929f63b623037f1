import { DEFAULT_MARKS, MOST_LABELS } from "@sluice/contracts/default-marks";
import type { LlmClassification } from "../llm-verdict.ts";
import type { Sureness } from "./label-confidence.ts";

export const NO_TEXT: LlmClassification = {
  state: "no_text",
  category: null,
  confidence: 0,
  terms: [],
  source: "llm",
};

/** What an answer comes to, when labels less sure than `minConfidence` are withheld. */
export function makeClassification(
  { labels, runnerUp }: Sureness,
  { minConfidence, multi, reason }: { minConfidence: number | null; multi: boolean; reason: string | undefined },
): LlmClassification {
  const kept = labels.filter(({ confidence }) => confidence >= (minConfidence ?? DEFAULT_MARKS.llm));
  const [first] = kept;
  const said = reason === undefined ? {} : { reason };
  const rest = { terms: [], source: "llm" as const, ...said };
  if (first === undefined) {
    // What it would have been is told beside its confidence, as the rules do.
    const [withheld] = labels;
    const next = multi || withheld === undefined ? {} : { runnerUp: withheld };
    return { state: "abstained", category: null, confidence: withheld?.confidence ?? 0, ...next, ...rest };
  }
  return {
    state: "classified",
    ...first,
    ...(multi ? { labels: kept.slice(0, MOST_LABELS) } : {}),
    ...(runnerUp === null ? {} : { runnerUp }),
    ...rest,
  };
}
