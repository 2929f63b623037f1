import {
  type ClassifyState,
  displayUri,
  type ExtractState,
  type LabelOriginal,
  type LabelSource,
  type SureLabel,
  type ResultRow,
  type Term,
} from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { Batch } from "../db/queries/read-batch.ts";

const ROWS_PER_READ = 500;

/** The items of a batch by ordinal, read as they are asked for: no long transaction, no more than one page in memory. */
export async function* readResults(
  database: Database,
  batch: Batch,
  filter: { state: ExtractState | null; after: number },
): AsyncGenerator<ResultRow[]> {
  let after = filter.after;
  for (;;) {
    const rows = await readPage(database, batch, filter.state, after);
    const last = rows.at(-1);
    if (last !== undefined) yield rows;
    if (last === undefined || rows.length < ROWS_PER_READ) return;
    after = last.ordinal;
  }
}

async function readPage(
  { sql }: Database,
  batch: Batch,
  state: ExtractState | null,
  after: number,
): Promise<ResultRow[]> {
  try {
    const rows = await sql<JoinedRow[]>`
      select i.ordinal, i.uri, i.extract_state, i.classify_state, i.size_bytes, i.code, i.message, i.content_hash,
             i.updated_at,
             d.page_count, d.needs_ocr, d.metadata ->> 'title' as title, d.size_bytes as bytes,
             c.category, c.confidence, c.terms, c.runner_up, c.labels, c.source, c.original, c.reason, c.state is not null as labelled
        from items i
        left join documents d
          on d.content_hash = i.content_hash and d.extract_hash = ${batch.extractHash}
        left join classifications c
          on c.content_hash = i.content_hash and c.extract_hash = ${batch.extractHash}
         and c.classify_hash = ${batch.classifyHash} and i.classify_state in ('classified', 'abstained', 'no_text')
       where i.batch_id = ${batch.status.batchId} and i.ordinal > ${after}
         and (${state}::text is null or i.extract_state = ${state})
       order by i.ordinal
       limit ${ROWS_PER_READ}`;
    return rows.map(toResultRow);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

export interface JoinedRow {
  ordinal: number;
  uri: string;
  extract_state: ExtractState;
  classify_state: ClassifyState;
  size_bytes: number;
  code: string | null;
  message: string | null;
  content_hash: Buffer | null;
  updated_at: Date;
  page_count: number | null;
  needs_ocr: boolean | null;
  title: string | null;
  bytes: number | null;
  category: string | null;
  confidence: number | null;
  terms: Term[] | null;
  runner_up: ResultRow["runnerUp"];
  source: LabelSource | null;
  labels: SureLabel[] | null;
  original: LabelOriginal | null;
  reason: string | null;
  labelled: boolean;
}

export function toResultRow(row: JoinedRow): ResultRow {
  return {
    uri: row.uri,
    path: displayUri(row.uri),
    ordinal: row.ordinal,
    state: row.extract_state,
    classifyState: row.classify_state,
    category: row.category,
    confidence: row.confidence,
    terms: row.terms ?? [],
    runnerUp: row.runner_up,
    labels: row.labels ?? (row.category === null ? [] : [{ category: row.category, confidence: row.confidence ?? 0 }]),
    labelSource: row.labelled ? (row.source ?? "rules") : null,
    labelOriginal: row.original,
    labelReason: row.reason,
    pages: row.page_count,
    bytes: row.bytes ?? row.size_bytes,
    needsOcr: row.needs_ocr ?? false,
    title: row.title,
    code: row.code,
    message: row.message,
    contentHash: row.content_hash?.toString("hex") ?? null,
    updatedAt: row.updated_at.toISOString(),
  };
}
