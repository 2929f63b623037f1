import type { Classification } from "@sluice/contracts";
import { CopyEncoder } from "./copy-encoder.ts";

export const CLASSIFICATION_COLUMNS =
  "classifications (content_hash, extract_hash, classify_hash, state, category, confidence, terms, runner_up, source, reason, original, labels)";

/** A label as it is stored: of which content, read and judged by which standards. */
export function classificationRow(
  label: Classification,
  key: { contentHash: Buffer; extractHash: Buffer; classifyHash: Buffer },
): Buffer {
  const encoder = new CopyEncoder(512)
    .startRow(12)
    .bytea(key.contentHash)
    .bytea(key.extractHash)
    .bytea(key.classifyHash)
    .text(label.state)
    .nullableText(label.category)
    .float8(label.confidence)
    .jsonb(label.terms);
  if (label.runnerUp === undefined) encoder.null();
  else encoder.jsonb(label.runnerUp);
  encoder.nullableText(label.source).nullableText(label.reason);
  for (const part of [label.original, label.labels]) {
    if (part === undefined) encoder.null();
    else encoder.jsonb(part);
  }
  return encoder.finish();
}
