import { displayUri, type ExtractState, type PageRow, type PageVerdict } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import type { Batch } from "../db/queries/read-batch.ts";

const ITEMS_PER_READ = 250;
const PAGES_PER_READ = 250;
// A step is in memory several times over: as rows, as text and as what is written of it. One page is read whatever its size.
const CHARS_PER_READ = 512 << 10;

export interface PageCursor {
  readonly ordinal: number;
  /** The last page of the item that was read; Infinity: all of them. */
  readonly pageNo: number;
}

/** A cursor as it travels (`17.3`, `17`); undefined is the beginning. */
export function pageCursor(text: string | undefined): PageCursor {
  const [ordinal = -1, pageNo = Infinity] = text?.split(".").map(Number) ?? [];
  return { ordinal, pageNo };
}

export interface PageFilter {
  readonly state: ExtractState | null;
  readonly after: PageCursor;
}

/**
 * The pages behind the items of a batch, by ordinal and page, read as they are asked for: no transaction longer than a
 * step, and no more than a step in memory, whatever the number and the size of pages. What is stored twice over by its
 * items, as duplicates are, comes once for each of them.
 */
export async function* readBatchPages(database: Database, batch: Batch, filter: PageFilter): AsyncGenerator<PageRow[]> {
  // The item that was begun is read again, for the rest of its pages.
  let after = filter.after.pageNo === Infinity ? filter.after.ordinal : filter.after.ordinal - 1;
  for (;;) {
    const items = await readItems(database, batch, { state: filter.state, after });
    const last = items.at(-1);
    if (last === undefined) return;
    yield* readPagesOf(database, batch, rangesOf(items, filter.after));
    if (items.length < ITEMS_PER_READ) return;
    after = last.ordinal;
  }
}

/** Pages of an item that are still to be read; both ends are. */
interface PageRange {
  readonly item: ItemRow;
  readonly from: number;
  readonly to: number;
}

function rangesOf(items: readonly ItemRow[], after: PageCursor): PageRange[] {
  return items
    .map((item) => ({ item, from: item.ordinal === after.ordinal ? after.pageNo + 1 : 1, to: item.page_count }))
    .filter(({ from, to }) => from <= to);
}

async function* readPagesOf(database: Database, batch: Batch, ranges: PageRange[]): AsyncGenerator<PageRow[]> {
  const left = [...ranges];
  while (left.length > 0) {
    const rows = await readStep(database, batch, firstPages(left));
    if (rows.length > 0) yield rows;
    advance(left, rows.at(-1));
  }
}

/** As many of the first ranges as have the pages of a step, the last of them cut. */
function firstPages(ranges: readonly PageRange[]): PageRange[] {
  const first: PageRange[] = [];
  let pages = 0;
  for (const range of ranges) {
    const to = Math.min(range.to, range.from + PAGES_PER_READ - pages - 1);
    first.push({ ...range, to });
    pages += to - range.from + 1;
    if (pages >= PAGES_PER_READ) break;
  }
  return first;
}

/** Takes away what was read. Without any row the pages are not there, which is the audit's to tell. */
function advance(ranges: PageRange[], last: PageRow | undefined): void {
  if (last === undefined) {
    ranges.splice(0, firstPages(ranges).length);
    return;
  }
  const at = ranges.findIndex(({ item }) => item.ordinal === last.ordinal);
  const range = ranges[at];
  ranges.splice(0, at + 1);
  if (range !== undefined && last.pageNo < range.to) ranges.unshift({ ...range, from: last.pageNo + 1 });
}

interface ItemRow {
  ordinal: number;
  uri: string;
  content_hash: Buffer;
  page_count: number;
  category: string | null;
}

async function readItems(
  { sql }: Database,
  batch: Batch,
  { state, after }: { state: ExtractState | null; after: number },
): Promise<ItemRow[]> {
  try {
    return await sql<ItemRow[]>`
      select i.ordinal, i.uri, i.content_hash, d.page_count, c.category
        from (select * from items
               where batch_id = ${batch.status.batchId} and ordinal > ${after} and content_hash is not null
                 and (${state}::text is null or extract_state = ${state})
                 and extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
               order by ordinal limit ${ITEMS_PER_READ}) i
       cross join lateral (
         select page_count from documents
          where content_hash = i.content_hash and extract_hash = ${batch.extractHash} limit 1) d
        left join lateral (
         select category from classifications
          where content_hash = i.content_hash and extract_hash = ${batch.extractHash}
            and classify_hash = ${batch.classifyHash} and i.classify_state = 'classified' limit 1) c on true
       order by i.ordinal`;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

interface StoredPage {
  n: number;
  page_no: number;
  verdict: PageVerdict;
  chars: number;
  text: string | null;
}

/** The ranges' pages up to the text of a step. */
async function readStep({ sql }: Database, batch: Batch, ranges: readonly PageRange[]): Promise<PageRow[]> {
  try {
    const rows = await sql<StoredPage[]>`
      select n, page_no, verdict, chars, text
        from (select r.n, p.page_no, p.verdict, p.chars, p.text,
                     sum(p.chars) over (order by r.n, p.page_no) - p.chars as before
                from unnest(${ranges.map(({ item }) => item.content_hash.toString("hex"))}::text[],
                            ${ranges.map(({ from }) => from)}::int[], ${ranges.map(({ to }) => to)}::int[])
                     with ordinality as r (hash, from_page, to_page, n)
               cross join lateral (
                 select page_no, verdict, chars, text from pages
                  where content_hash = decode(r.hash, 'hex') and extract_hash = ${batch.extractHash}
                    and page_no between r.from_page and r.to_page
                  order by page_no limit ${PAGES_PER_READ}) p) step
       where before < ${CHARS_PER_READ}
       order by n, page_no`;
    return rows.map((row) => toPageRow(row, ranges));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

function toPageRow(page: StoredPage, ranges: readonly PageRange[]): PageRow {
  const item = ranges[page.n - 1]?.item;
  if (item === undefined) throw new RangeError(`a page of range ${page.n} of ${ranges.length}`);
  return {
    ordinal: item.ordinal,
    pageNo: page.page_no,
    uri: item.uri,
    path: displayUri(item.uri),
    contentHash: item.content_hash.toString("hex"),
    verdict: page.verdict,
    category: item.category,
    chars: page.chars,
    text: page.text,
  };
}
