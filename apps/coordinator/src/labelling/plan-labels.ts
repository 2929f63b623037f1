import type { Classification, ClassifyState, ErrorCode, LabelItemLine, LlmCall } from "@sluice/contracts";
import type { UnlabelledItem } from "./label-item.ts";

export interface LabelUpdate {
  readonly ordinal: number;
  readonly classifyState: Extract<ClassifyState, "classified" | "abstained" | "no_text" | "failed">;
  readonly code: ErrorCode | null;
  readonly message: string | null;
}

export interface LabelPlan {
  /** Of contents that had none, each once, in the order of their hashes. */
  readonly labels: readonly { readonly contentHash: string; readonly classification: Classification }[];
  readonly calls: readonly { readonly ordinal: number; readonly contentHash: string; readonly call: LlmCall }[];
  readonly updates: readonly LabelUpdate[];
  /** To be judged later: what judges did not serve, or another attempt has the same content in hand. */
  readonly later: readonly number[];
}

/** What the commit of a label shard writes. Copies get the label of the one that was judged. `stored`: states by content hash. */
export function planLabels(
  items: readonly UnlabelledItem[],
  lines: readonly LabelItemLine[],
  stored: ReadonlyMap<string, ClassifyState>,
): LabelPlan {
  const hashOf = new Map(items.map((item) => [item.ordinal, item.contentHash]));
  const verdicts = new Map(lines.map((line) => [hashOf.get(line.ordinal) ?? "", line]));
  const labels = [...verdicts].flatMap(([contentHash, line]) =>
    line.outcome === "labelled" && !stored.has(contentHash)
      ? [{ contentHash, classification: line.classification }]
      : [],
  );
  const updates: LabelUpdate[] = [];
  const later: number[] = [];
  for (const { ordinal, contentHash } of items) {
    const known = stored.get(contentHash);
    const line = verdicts.get(contentHash);
    if (known !== undefined)
      updates.push({ ordinal, classifyState: known as LabelUpdate["classifyState"], ...NO_FAULT });
    else if (line?.outcome === "labelled") {
      updates.push({ ordinal, classifyState: line.classification.state, ...NO_FAULT });
    } else if (line?.outcome === "failed") {
      updates.push({ ordinal, classifyState: "failed", code: line.code, message: storable(line.message) });
    } else later.push(ordinal);
  }
  return {
    labels: labels.sort((left, right) => (left.contentHash < right.contentHash ? -1 : 1)),
    calls: lines.flatMap(({ ordinal, calls }) =>
      calls.map((call) => ({ ordinal, contentHash: hashOf.get(ordinal) ?? "", call })),
    ),
    updates,
    later,
  };
}

const NO_FAULT = { code: null, message: null };

/** PostgreSQL stores no NUL. */
function storable(text: string): string {
  return text.replaceAll("\0", "\ufffd").toWellFormed();
}
