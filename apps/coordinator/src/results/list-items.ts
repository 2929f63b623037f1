import { type ClassifyState, type ExtractState, type ItemPage, LARGEST_INTEGER } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { Batch } from "../db/queries/read-batch.ts";
import { type JoinedRow, toResultRow } from "./read-results.ts";

/** What is rare may be anywhere: a page looks at so many items at most, so that none takes longer than some others. */
const ITEMS_PER_LOOK = 20_000;

/** Which items a page has; null where anything goes. */
export interface ItemFilter {
  readonly state: ExtractState | null;
  readonly classifyState: ClassifyState | null;
  readonly code: string | null;
  readonly category: string | null;
  readonly needsOcr: boolean | null;
  /** A part of the URI, as it is written. */
  readonly uri: string | null;
  readonly after: number;
  readonly limit: number;
}

/** A page of a batch's items by ordinal. The last page costs what the first does. */
export async function listItems(database: Database, batch: Batch, filter: ItemFilter): Promise<ItemPage> {
  const lookEnd = Math.min(filter.after + ITEMS_PER_LOOK, LARGEST_INTEGER);
  // One more tells whether there is another page.
  const rows = await readRows(database, batch, { ...filter, limit: filter.limit + 1 }, lookEnd);
  const items = rows.slice(0, filter.limit).map(toResultRow);
  if (rows.length > items.length) return { items, next: items.at(-1)?.ordinal ?? filter.after };
  return { items, next: lookEnd < batch.status.items - 1 ? lookEnd : null };
}

/** Each item finds its document and its label by their keys, whatever the server's statistics say. */
async function readRows(
  { sql }: Database,
  batch: Batch,
  filter: ItemFilter,
  lookEnd: number,
): Promise<readonly JoinedRow[]> {
  const { state, classifyState, code, category, needsOcr, uri, after, limit } = filter;
  const parts = [
    sql`i.batch_id = ${batch.status.batchId} and i.ordinal > ${after} and i.ordinal <= ${lookEnd}`,
    ...(state === null ? [] : [sql`and i.extract_state = ${state}`]),
    ...(classifyState === null ? [] : [sql`and i.classify_state = ${classifyState}`]),
    ...(code === null ? [] : [sql`and i.code = ${code}`]),
    ...(uri === null ? [] : [sql`and strpos(i.uri, ${uri}) > 0`]),
    ...(category === null ? [] : [sql`and (c.category = ${category} or c.labels @> ${sql.json([{ category }])})`]),
    ...(needsOcr === null ? [] : [sql`and coalesce(d.needs_ocr, false) = ${needsOcr}`]),
  ];
  try {
    return await sql<JoinedRow[]>`
      select i.ordinal, i.uri, i.extract_state, i.classify_state, i.size_bytes, i.code, i.message, i.content_hash, i.updated_at,
             d.page_count, d.needs_ocr, d.title, d.bytes, c.category, c.confidence, c.terms, c.runner_up, c.labels, c.source, c.original, c.reason, c.state is not null as labelled
        from items i
        left join lateral (
          select page_count, needs_ocr, metadata ->> 'title' as title, size_bytes as bytes from documents
           where content_hash = i.content_hash and extract_hash = ${batch.extractHash} limit 1) d on true
        left join lateral (
          select category, confidence, terms, runner_up, labels, source, original, reason, state from classifications
           where content_hash = i.content_hash and extract_hash = ${batch.extractHash}
             and classify_hash = ${batch.classifyHash}
             and i.classify_state in ('classified', 'abstained', 'no_text') limit 1) c on true
       where ${parts}
       order by i.ordinal
       limit ${limit}`;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
