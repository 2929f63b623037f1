import { basename } from "node:path";
import { AppError, displayUri, type ResultRow } from "@sluice/contracts";
import type { JudgedDocument, LabelRow } from "@sluice/evaluation";

/** A document that has a label in the file, and what became of it. */
export interface MatchedDocument extends JudgedDocument {
  readonly uri: string;
}

export interface MatchedLabels {
  readonly documents: readonly MatchedDocument[];
  /** Rows of the file of which the batch has no document. */
  readonly missing: readonly LabelRow[];
  /** Documents of the file that have no label because they were not read, or not judged yet. */
  readonly unjudged: number;
}

const HASH = /^[0-9a-f]{64}$/;
const JUDGED = new Set(["classified", "abstained", "no_text"]);

/**
 * Finds the documents that the rows of a file of labels mean: by their hash, their URI, or their path or the end of it. Only what
 * the file names is held in memory, however large the batch. LABELS_INVALID for an end of a path that several documents have.
 */
export async function matchLabels(
  labels: readonly LabelRow[],
  results: AsyncIterable<ResultRow>,
  fileName: string,
): Promise<MatchedLabels> {
  const byName = new Map<string, LabelRow>();
  const byEnd = new Map<string, LabelRow[]>();
  for (const label of labels) {
    if (HASH.test(label.document) || label.document.includes("://")) byName.set(label.document, label);
    else byEnd.set(basename(label.document), [...(byEnd.get(basename(label.document)) ?? []), label]);
  }
  const found = new Map<LabelRow, ResultRow>();
  const take = (label: LabelRow | undefined, row: ResultRow, unique: boolean) => {
    if (label === undefined) return;
    const other = found.get(label);
    if (other === undefined) found.set(label, row);
    else if (unique && other.contentHash !== row.contentHash) {
      throw new AppError(
        "LABELS_INVALID",
        `${fileName}:${label.line}: ${label.document} is the end of ${displayUri(other.uri)} and of ${displayUri(row.uri)}; write more of the path.`,
      );
    }
  };
  for await (const row of results) {
    take(byName.get(row.contentHash ?? ""), row, false);
    take(byName.get(row.uri), row, false);
    const path = displayUri(row.uri);
    for (const label of byEnd.get(basename(path)) ?? []) {
      if (path === label.document || path.endsWith(`/${label.document.replace(/^(?:\.?\/)+/, "")}`))
        take(label, row, true);
    }
  }
  const matched = [...found];
  const judged = matched.filter(([, row]) => JUDGED.has(row.classifyState));
  return {
    documents: judged.map(([{ category }, row]) => ({
      uri: row.uri,
      expected: category,
      got: row.category,
      confidence: row.confidence ?? 0,
    })),
    missing: labels.filter((label) => !found.has(label)),
    unjudged: matched.length - judged.length,
  };
}
