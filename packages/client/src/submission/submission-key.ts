import { createHash } from "node:crypto";
import { type BatchOptionsInput, canonicalJson, type SourceFilter } from "@sluice/contracts";

/**
 * Names a submission by what it asks for: the same roots with the same options are the same work, and a new run of it
 * takes the place of an unfinished one. `force`, `priority` and those of how much at a time say how, not what, so they do not count.
 */
export function submissionKey(
  roots: readonly string[],
  options: BatchOptionsInput,
  limit: number | undefined,
  filter: SourceFilter = {},
): string {
  const {
    force: _force,
    priority: _priority,
    commitDocuments: _commitDocuments,
    maxConcurrent: _maxConcurrent,
    ...what
  } = options;
  const filtered = Object.keys(filter).length === 0 ? {} : { filter };
  const text = canonicalJson({ roots: [...roots].sort(), options: what, limit: limit ?? null, ...filtered });
  return createHash("sha256").update(text).digest("hex");
}
