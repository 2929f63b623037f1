import { AppError, displayUri, type SearchHit, type SearchResponse } from "@sluice/contracts";
import type { Database, Sql } from "../db/database.ts";
import { databaseCode, translateDatabaseError } from "../db/database-error.ts";
import { countSearchable } from "./count-searchable.ts";
import { pageFragments } from "./page-fragments.ts";
import { MAX_PAGE_CHARS } from "./page-vector.ts";
import { parseQuery, type SearchQuery } from "./parse-query.ts";

// Ranking reads the words of each page that has them: some 20 µs.
const MAX_COMPARED = 10_000;
const MAX_MS = 10_000;
const ITEMS_SHOWN = 3;

export interface SearchFilter {
  readonly q: string;
  readonly batch?: string | undefined;
  readonly category?: string | undefined;
  readonly language?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Only pages of batches that this token has opened, and of those that nobody owns; null: all. */
  readonly visibleTo?: string | null | undefined;
}

/** Pages that have the words, the best first. BAD_REQUEST, NOT_SEARCHABLE, SEARCH_TOO_BROAD. */
export async function searchPages(database: Database, filter: SearchFilter): Promise<SearchResponse> {
  const cursor = filter.cursor === undefined ? null : parseCursor(filter.cursor);
  const searchable = await countSearchable(database, filter.batch ?? null, filter.visibleTo ?? null);
  if (filter.batch !== undefined && searchable.of === 0 && searchable.withoutText > 0) {
    throw new AppError("NOT_SEARCHABLE", `Batch ${filter.batch} has no page text: it was submitted with store "meta".`);
  }
  const { sql } = database;
  try {
    const languages = filter.language === undefined ? await readLanguages(sql) : [filter.language];
    const query = parseQuery(filter.q, languages);
    const found = await findPages(sql, query, filter, cursor);
    const shown = found.slice(0, filter.limit);
    const last = shown.at(-1);
    return {
      hits: await describe(sql, query, filter, shown),
      next: found.length > filter.limit && last !== undefined ? cursorOf(last) : null,
      exhaustive: (found[0]?.compared ?? 0) < MAX_COMPARED,
      searchable,
    };
  } catch (error) {
    if (databaseCode(error) !== "57014") throw translateDatabaseError(error);
    throw new AppError("SEARCH_TOO_BROAD", `The search took longer than ${MAX_MS / 1_000} s.`, { cause: error });
  }
}

interface FoundPage {
  content_hash: Buffer;
  extract_hash: Buffer;
  page_no: number;
  rank: number;
  compared: number;
}

async function readLanguages(sql: Sql): Promise<(string | null)[]> {
  // One look-up a language: there are a score of them in millions of documents.
  const rows = await sql<{ language: string | null }[]>`
    with recursive each as (
      (select language from search_documents where language is not null order by language limit 1)
      union all
      select (select d.language from search_documents d where d.language > each.language order by d.language limit 1)
        from each where each.language is not null)
    select language from each where language is not null`;
  return [null, ...rows.map((row) => row.language)];
}

async function findPages(
  sql: Sql,
  query: SearchQuery,
  { batch, category, language, limit, visibleTo = null }: SearchFilter,
  cursor: Cursor | null,
): Promise<FoundPage[]> {
  const inBatch =
    batch === undefined
      ? sql``
      : sql`and p.extract_hash = (select extract_hash from batches where id = ${batch})
            and exists (select 1 from search_items i where i.batch_id = ${batch} and i.content_hash = p.content_hash)`;
  const inSight =
    visibleTo === null
      ? sql``
      : sql`and exists (
              select 1 from search_items i
                join batches b on b.id = i.batch_id and b.extract_hash = p.extract_hash
               where i.content_hash = p.content_hash and (b.created_by is null or b.created_by = ${visibleTo}))`;
  const inLanguage =
    language === undefined
      ? sql``
      : sql`and exists (select 1 from search_documents d where d.content_hash = p.content_hash
                           and d.extract_hash = p.extract_hash and d.language = ${language})`;
  const inCategory =
    category === undefined
      ? sql``
      : sql`and exists (
              select 1 from search_items i
                join batches b on b.id = i.batch_id and b.extract_hash = p.extract_hash and b.deleting_at is null
                join classifications c on c.content_hash = p.content_hash and c.extract_hash = p.extract_hash
                                      and c.classify_hash = b.classify_hash
               where i.content_hash = p.content_hash and c.state = 'classified' and (c.category = ${category} or c.labels @> ${sql.json([{ category }])})
                     ${batch === undefined ? sql`` : sql`and i.batch_id = ${batch}`})`;
  const behind =
    cursor === null
      ? sql``
      : sql`where (-rank, content_hash, extract_hash, page_no)
                > (${-cursor.rank}::float8, decode(${cursor.content}, 'hex'), decode(${cursor.extract}, 'hex'), ${cursor.page}::int)`;
  const running = sql<FoundPage[]>`
    with compared as materialized (
      select p.content_hash, p.extract_hash, p.page_no,
             ts_rank_cd(p.words, ${query.text}::text::tsquery, 1)::float8 as rank
        from (select * from search_pages p
               where p.words @@ ${query.text}::text::tsquery ${inLanguage} ${inBatch} ${inSight} ${inCategory}
               limit ${MAX_COMPARED}) p)
    select content_hash, extract_hash, page_no, rank, (select count(*) from compared) as compared
      from compared ${behind}
     order by -rank, content_hash, extract_hash, page_no
     limit ${limit + 1}`;
  const tooLong = setTimeout(() => running.cancel(), MAX_MS);
  try {
    return await running;
  } finally {
    clearTimeout(tooLong);
  }
}

interface DescribedPage {
  language: string | null;
  title: string | null;
  text: string;
  items: { batchId: string; ordinal: number; uri: string; category: string | null }[] | null;
}

/** What people are shown of each page: where the words are, and which items have it, the newest batch first. */
async function describe(
  sql: Sql,
  query: SearchQuery,
  { batch, visibleTo = null }: SearchFilter,
  pages: readonly FoundPage[],
): Promise<SearchHit[]> {
  const rows = await sql<DescribedPage[]>`
    select s.language, d.metadata ->> 'title' as title, coalesce(left(t.text, ${MAX_PAGE_CHARS}), '') as text, i.items
      from unnest(${pages.map((page) => page.content_hash.toString("hex"))}::text[],
                  ${pages.map((page) => page.extract_hash.toString("hex"))}::text[],
                  ${pages.map((page) => page.page_no)}::int[]) with ordinality as h (content, extract, page_no, n)
     cross join lateral (select decode(h.content, 'hex') as content_hash, decode(h.extract, 'hex') as extract_hash) k
      join documents d on d.content_hash = k.content_hash and d.extract_hash = k.extract_hash
      join search_documents s on s.content_hash = k.content_hash and s.extract_hash = k.extract_hash
      join pages t on t.content_hash = k.content_hash and t.extract_hash = k.extract_hash and t.page_no = h.page_no
     cross join lateral (
       select json_agg(each) as items
         from (select i.batch_id as "batchId", i.ordinal, i.uri, c.category
                 from search_items si
                 join batches b on b.id = si.batch_id and b.extract_hash = k.extract_hash and b.deleting_at is null
                 join items i on i.batch_id = si.batch_id and i.ordinal = si.ordinal
                 left join classifications c on c.content_hash = k.content_hash and c.extract_hash = k.extract_hash
                       and c.classify_hash = b.classify_hash and c.state = 'classified'
                where si.content_hash = k.content_hash and (${batch ?? null}::uuid is null or si.batch_id = ${batch ?? null})
                  and (${visibleTo}::uuid is null or b.created_by is null or b.created_by = ${visibleTo})
                order by si.batch_id desc, si.ordinal limit ${ITEMS_SHOWN}) each) i
     order by h.n`;
  return rows.flatMap((row, index) => {
    const page = pages[index];
    // Its batch is being deleted, or the rest of it is not searchable yet.
    if (page === undefined || row.items === null) return [];
    return {
      contentHash: page.content_hash.toString("hex"),
      pageNo: page.page_no,
      rank: page.rank,
      language: row.language,
      title: row.title,
      fragments: pageFragments(row.text, query, row.language),
      items: row.items.map((item) => ({ ...item, path: displayUri(item.uri) })),
    };
  });
}

interface Cursor {
  readonly rank: number;
  readonly content: string;
  readonly extract: string;
  readonly page: number;
}

function cursorOf({ rank, content_hash, extract_hash, page_no }: FoundPage): string {
  const parts = [rank, content_hash.toString("hex"), extract_hash.toString("hex"), page_no];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function parseCursor(text: string): Cursor {
  try {
    const [rank, content, extract, page] = JSON.parse(Buffer.from(text, "base64url").toString());
    const hash = /^[0-9a-f]{64}$/;
    if (Number.isFinite(rank) && hash.test(content) && hash.test(extract) && Number.isInteger(page)) {
      return { rank, content, extract, page };
    }
  } catch {
    // Told below.
  }
  throw new AppError("BAD_REQUEST", "The cursor is none that a search has given.");
}
