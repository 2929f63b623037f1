import type { Client, Database } from "../db/database.ts";
import { MAX_PAGE_CHARS, pageVector } from "./page-vector.ts";
import { tellLanguage } from "./tell-language.ts";

// A step is a transaction of a tenth of a second or so: what a kill or a lost server costs, and what the event loop
// of this process has to make room for in between.
const ITEMS_PER_STEP = 100;
const PAGES_PER_STEP = 100;
const CHARS_PER_STEP = 400_000;
const PAGES_WITHOUT_A_BREAK = 4;

export interface IndexedStep {
  readonly batchId: string;
  readonly pages: number;
  /** The batch is searchable now. */
  readonly done: boolean;
}

/**
 * Makes some pages of one batch that has ended searchable, and remembers where it stands, in one transaction. Other
 * coordinators do the same for other batches. A batch that has ended once more, after a retry, is gone through again.
 * Returns null when there is nothing to do.
 */
export async function indexStep(database: Database): Promise<IndexedStep | null> {
  const { rows } = await database.pool.query<{ id: string }>(UNFINISHED);
  for (const { id } of rows) {
    const step = await database.transaction((client) => indexSome(client, id));
    if (step !== null) return step;
  }
  return null;
}

const UNFINISHED = `
  select b.id from batches b left join search_batches s on s.batch_id = b.id
   where b.state in ('done', 'cancelled') and b.finished_at is not null and b.deleting_at is null
     and (s.batch_id is null or s.done_at is null or s.finished_at <> b.finished_at)
   order by b.finished_at limit 8`;

interface Standing {
  readonly batchId: string;
  readonly extractHash: Buffer;
  readonly item: number;
  readonly page: number;
}

async function indexSome(client: Client, batchId: string): Promise<IndexedStep | null> {
  const standing = await takeBatch(client, batchId);
  if (standing === null) return null;
  const items = await readItems(client, standing);
  const finished: ItemRow[] = [];
  const spent = { pages: 0, chars: 0 };
  let { item, page } = standing;
  for (const row of items) {
    if (spent.pages >= PAGES_PER_STEP || spent.chars >= CHARS_PER_STEP) break;
    if (row.ordinal !== standing.item) page = 1;
    const last = row.known && page === 1 ? row.page_count : await indexDocument(client, standing, row, page, spent);
    if (last < row.page_count) {
      item = row.ordinal;
      page = last + 1;
      break;
    }
    finished.push(row);
    item = row.ordinal + 1;
    page = 1;
  }
  await addItems(client, batchId, finished);
  const done = finished.length === items.length && items.length < ITEMS_PER_STEP;
  await client.query(
    `update search_batches set next_item = $2, next_page = $3, items = items + $4,
            done_at = case when $5 then now() end where batch_id = $1`,
    [batchId, item, page, finished.length, done],
  );
  return { batchId, pages: spent.pages, done };
}

/** Where a batch stands, held until the end of the transaction; null when another coordinator has it, or it has no text. */
async function takeBatch(client: Client, batchId: string): Promise<Standing | null> {
  await client.query(
    `insert into search_batches (batch_id, finished_at)
     select id, finished_at from batches where id = $1 and finished_at is not null on conflict do nothing`,
    [batchId],
  );
  const { rows } = await client.query<{
    extract_hash: Buffer;
    has_text: boolean;
    ended_again: boolean;
    next_item: number;
    next_page: number;
  }>(
    `select b.extract_hash, b.options ->> 'store' is distinct from 'meta' as has_text,
            s.finished_at <> b.finished_at as ended_again, s.next_item, s.next_page
       from search_batches s join batches b on b.id = s.batch_id
      where s.batch_id = $1 and b.finished_at is not null and b.deleting_at is null
        and (s.done_at is null or s.finished_at <> b.finished_at)
        for update of s skip locked`,
    [batchId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (row.ended_again || !row.has_text) {
    await client.query(
      `update search_batches s set finished_at = b.finished_at, next_item = 0, next_page = 1, items = 0,
              done_at = case when $2 then null else now() end
         from batches b where s.batch_id = $1 and b.id = s.batch_id`,
      [batchId, row.has_text],
    );
  }
  if (!row.has_text) return null;
  const at = row.ended_again ? { item: 0, page: 1 } : { item: row.next_item, page: row.next_page };
  return { batchId, extractHash: row.extract_hash, ...at };
}

interface ItemRow {
  ordinal: number;
  content_hash: Buffer;
  page_count: number;
  /** The language that the document says it is in. */
  claimed: string | null;
  /** Its document is searchable, at least by its first pages. */
  known: boolean;
  language: string | null;
}

async function readItems(client: Client, { batchId, extractHash, item }: Standing): Promise<ItemRow[]> {
  const { rows } = await client.query<ItemRow>({
    name: "search-items",
    text: `select i.ordinal, i.content_hash, d.page_count, d.metadata ->> 'language' as claimed,
                  s.content_hash is not null as known, s.language
             from (select ordinal, content_hash from items
                    where batch_id = $1 and ordinal >= $2 and content_hash is not null
                      and extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged')
                    order by ordinal limit ${ITEMS_PER_STEP}) i
            cross join lateral (select page_count, metadata from documents
                                 where content_hash = i.content_hash and extract_hash = $3 limit 1) d
             left join lateral (select content_hash, language from search_documents
                                 where content_hash = i.content_hash and extract_hash = $3 limit 1) s on true
            order by i.ordinal`,
    values: [batchId, item, extractHash],
  });
  return rows;
}

/** Adds pages from `from` on, as many as there is room for, and at least one; returns the last page that is there. */
async function indexDocument(
  client: Client,
  standing: Standing,
  row: ItemRow,
  from: number,
  spent: { pages: number; chars: number },
): Promise<number> {
  const room = { pages: PAGES_PER_STEP - spent.pages, chars: CHARS_PER_STEP - spent.chars };
  const texts = await readTexts(client, standing, row, { from, ...room });
  const language = from === 1 ? await addDocument(client, standing, row, texts) : row.language;
  await addPages(client, standing, row, texts, language);
  spent.pages += texts.length;
  spent.chars += texts.reduce((sum, { text }) => sum + text.length, 0);
  // Pages that are not there are the audit's to tell.
  return texts.at(-1)?.page_no ?? row.page_count;
}

interface PageText {
  page_no: number;
  text: string;
}

async function readTexts(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash }: ItemRow,
  { from, pages, chars }: { from: number; pages: number; chars: number },
): Promise<PageText[]> {
  const { rows } = await client.query<PageText>({
    name: "search-texts",
    text: `select page_no, coalesce(left(text, ${MAX_PAGE_CHARS}), '') as text
             from (select page_no, text, sum(least(chars, ${MAX_PAGE_CHARS})) over (order by page_no) - chars as before
                     from (select page_no, text, chars from pages
                            where content_hash = $1 and extract_hash = $2 and page_no >= $3
                            order by page_no limit $4) p) p
            where before < $5
            order by page_no`,
    values: [contentHash, extractHash, from, pages, chars],
  });
  return rows;
}

async function addDocument(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash, claimed }: ItemRow,
  texts: readonly PageText[],
): Promise<string | null> {
  const language = tellLanguage(texts.map(({ text }) => text.slice(0, 20_000)).join("\n"), claimed);
  await client.query({
    name: "search-add-document",
    text: "insert into search_documents (content_hash, extract_hash, language) values ($1, $2, $3) on conflict do nothing",
    values: [contentHash, extractHash, language],
  });
  return language;
}

async function addPages(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash }: ItemRow,
  texts: readonly PageText[],
  language: string | null,
): Promise<void> {
  const vectors: string[] = [];
  for (const { text } of texts) {
    vectors.push(pageVector(text, language));
    // Requests and shards go on in between.
    if (vectors.length % PAGES_WITHOUT_A_BREAK === 0) await new Promise(setImmediate);
  }
  await client.query({
    name: "search-add-pages",
    text: `insert into search_pages (content_hash, extract_hash, page_no, words)
           select $1, $2, p.page_no, p.words::tsvector from unnest($3::int[], $4::text[]) as p (page_no, words)
           on conflict do nothing`,
    values: [contentHash, extractHash, texts.map((page) => page.page_no), vectors],
  });
}

async function addItems(client: Client, batchId: string, items: readonly ItemRow[]): Promise<void> {
  await client.query({
    name: "search-add-items",
    text: `insert into search_items (batch_id, ordinal, content_hash)
           select $1, i.ordinal, i.content_hash from unnest($2::int[], $3::bytea[]) as i (ordinal, content_hash)
           on conflict do nothing`,
    values: [batchId, items.map(({ ordinal }) => ordinal), items.map((item) => item.content_hash)],
  });
}
