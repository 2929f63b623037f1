import { basename } from "node:path";
import { AppError, categoriesOf, displayUri, type ResultRow } from "@sluice/contracts";
import { type LabelRow, sameCategories } from "@sluice/evaluation";

/** A document that has a label in the file, and what became of it. */
export interface MatchedDocument {
  readonly uri: string;
  readonly contentHash: string | null;
  readonly expected: readonly string[];
  /** Nothing: it got no label. */
  readonly got: readonly string[];
  /** In the first of `got`, from 0 to 1. */
  readonly confidence: number;
}

export interface MatchedLabels {
  /** Each document once, however often the file names it. */
  readonly documents: readonly MatchedDocument[];
  /** Rows of the file of which the batch has no document. */
  readonly missing: readonly LabelRow[];
  /** Documents of the file that have no label because they were not read, or not judged yet. */
  readonly unjudged: number;
}

const HASH = /^[0-9a-f]{64}$/;
const JUDGED = new Set(["classified", "abstained", "no_text"]);

/** What a row of the file was found to mean so far. */
interface Found {
  /** Its name is the document's whole path, its URI or its hash. */
  exact?: ResultRow;
  /** Its name is the end of the document's path. */
  end?: ResultRow;
  /** Of another document too. */
  otherEnd?: ResultRow;
}

/**
 * Finds the documents that the rows of a file of labels mean: by their hash, their URI, or their path or the end of it. Only what
 * the file names is held in memory, however large the batch. LABELS_INVALID for an end of a path that several documents have, and for
 * rows that say different things of one document, whatever they call it.
 */
export async function matchLabels(
  labels: readonly LabelRow[],
  results: AsyncIterable<ResultRow>,
  fileName: string,
): Promise<MatchedLabels> {
  const invalid = (message: string) => new AppError("LABELS_INVALID", `${fileName}:${message}`);
  const found = await findRows(labels, results);
  const documents = new Map<string, { label: LabelRow; row: ResultRow }>();
  const missing: LabelRow[] = [];
  for (const label of labels) {
    const { exact, end, otherEnd } = found.get(label) ?? {};
    if (exact === undefined && end !== undefined && otherEnd !== undefined) {
      const ends = `${label.document} is the end of ${displayUri(end.uri)} and of ${displayUri(otherEnd.uri)}`;
      throw invalid(`${label.line}: ${ends}; write more of the path.`);
    }
    const row = exact ?? end;
    if (row === undefined) {
      missing.push(label);
      continue;
    }
    const earlier = documents.get(documentOf(row))?.label;
    if (earlier === undefined) documents.set(documentOf(row), { label, row });
    else if (!sameCategories(earlier, label)) {
      const says = `${label.document} is ${label.categories.join(";")} here`;
      const said = `${earlier.categories.join(";")} in line ${earlier.line}, which names the same document ${earlier.document}`;
      throw invalid(`${label.line}: ${says} and ${said}.`);
    }
  }
  const judged = [...documents.values()].filter(({ row }) => JUDGED.has(row.classifyState));
  return {
    documents: judged.map(({ label, row }) => ({
      uri: row.uri,
      contentHash: row.contentHash,
      expected: label.categories,
      got: categoriesOf(row),
      confidence: row.confidence ?? 0,
    })),
    missing,
    unjudged: documents.size - judged.length,
  };
}

async function findRows(
  labels: readonly LabelRow[],
  results: AsyncIterable<ResultRow>,
): Promise<ReadonlyMap<LabelRow, Found>> {
  const byName = new Map<string, Found>();
  const byEnd = new Map<string, { name: string; end: string; known: Found }[]>();
  const found = new Map<LabelRow, Found>();
  for (const label of labels) {
    const known: Found = {};
    found.set(label, known);
    const { document: name } = label;
    if (HASH.test(name) || name.includes("://")) byName.set(name, known);
    else {
      const named = { name, end: `/${name.replace(/^(?:\.?\/)+/, "")}`, known };
      const others = byEnd.get(basename(name));
      if (others === undefined) byEnd.set(basename(name), [named]);
      else others.push(named);
    }
  }
  for await (const row of results) {
    for (const name of [row.contentHash ?? "", row.uri]) {
      const known = byName.get(name);
      if (known !== undefined) known.exact ??= row;
    }
    const path = displayUri(row.uri);
    for (const { name, end, known } of byEnd.get(basename(path)) ?? []) {
      if (path === name) known.exact ??= row;
      else if (path.endsWith(end)) takeEnd(known, row);
    }
  }
  return found;
}

function takeEnd(found: Found, row: ResultRow): void {
  if (found.end === undefined) found.end = row;
  else if (documentOf(found.end) !== documentOf(row)) found.otherEnd ??= row;
}

/** Documents are their bytes: copies are one. What could not be read is known by its place alone. */
function documentOf({ contentHash, ordinal }: ResultRow): string {
  return contentHash ?? `item ${ordinal}`;
}
