import type { Client } from "../db/database.ts";
import { MAX_PAGE_CHARS, pageVector } from "./page-vector.ts";
import type { ItemRow } from "./read-unindexed.ts";
import { addRefusals, type Refusal, refusalOf } from "./search-refusals.ts";
import type { Standing } from "./search-standing.ts";
import { tellLanguage } from "./tell-language.ts";

const PAGES_WITHOUT_A_BREAK = 4;
const CHARS_FOR_LANGUAGE = 20_000;

/** What is left of a step. */
export interface Room {
  pages: number;
  chars: number;
  /** Pages set aside so far. */
  refused: number;
}

interface PageText {
  page_no: number;
  text: string;
}

/**
 * Adds pages of a document from where it stands, as many as there is room for, and at least one; returns the last page that is
 * there. `apart`: each page for itself, so that those which are refused for good are set aside and the others are not.
 */
export async function indexDocument(
  client: Client,
  standing: Standing,
  row: ItemRow,
  room: Room,
  apart: boolean,
): Promise<number> {
  const from = firstPage(standing, row);
  if (from > row.page_count) return row.page_count;
  const numbers = await readNumbers(client, standing, row, from, room);
  const last = numbers.at(-1);
  // Pages that are not there are the audit's to tell.
  if (last === undefined) return row.page_count;
  const refusals: Refusal[] = [];
  const each = async (pages: readonly number[], work: (part: readonly number[]) => Promise<void>) => {
    if (!apart) return await work(pages);
    for (const page of pages) {
      const refusal = await refusalOf(client, () => work([page]));
      if (refusal !== null) refusals.push({ pageNo: page, error: refusal.error });
    }
  };
  const texts = new Map<number, string>();
  await each(numbers, async (part) => {
    for (const { page_no: page, text } of await readTexts(client, standing, row, part)) texts.set(page, text);
  });
  const language = row.known ? row.language : languageOf([...texts.values()], row.claimed, apart);
  await noteDocument(client, standing, row, language, last < row.page_count ? last + 1 : null);
  await each([...texts.keys()], (part) => addPages(client, standing, row, language, textsOf(texts, part)));
  await addRefusals(client, standing.extractHash, row.content_hash, refusals);
  room.pages -= numbers.length;
  room.chars -= [...texts.values()].reduce((sum, text) => sum + text.length, 0);
  room.refused += refusals.length;
  return last;
}

function firstPage({ item, page }: Standing, row: ItemRow): number {
  if (!row.known) return 1;
  if (row.ordinal === item && page > 1) return page;
  return row.next_page ?? row.page_count + 1;
}

async function readNumbers(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash }: ItemRow,
  from: number,
  { pages, chars }: Room,
): Promise<number[]> {
  const { rows } = await client.query<{ page_no: number }>({
    name: "search-page-numbers",
    text: `select page_no
             from (select page_no, sum(least(chars, ${MAX_PAGE_CHARS})) over (order by page_no) - chars as before
                     from (select page_no, chars from pages
                            where content_hash = $1 and extract_hash = $2 and page_no >= $3
                            order by page_no limit $4) p) p
            where before < $5
            order by page_no`,
    values: [contentHash, extractHash, from, pages, chars],
  });
  return rows.map((row) => row.page_no);
}

async function readTexts(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash }: ItemRow,
  pages: readonly number[],
): Promise<PageText[]> {
  const { rows } = await client.query<PageText>({
    name: "search-texts",
    text: `select page_no, coalesce(left(text, ${MAX_PAGE_CHARS}), '') as text
             from pages where content_hash = $1 and extract_hash = $2 and page_no = any($3::int[]) order by page_no`,
    values: [contentHash, extractHash, pages],
  });
  return rows;
}

/** A text whose language cannot be told for a fault of ours is searchable all the same. */
function languageOf(texts: readonly string[], claimed: string | null, apart: boolean): string | null {
  try {
    return tellLanguage(texts.map((text) => text.slice(0, CHARS_FOR_LANGUAGE)).join("\n"), claimed);
  } catch (error) {
    if (apart) return null;
    throw error;
  }
}

async function noteDocument(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash, known }: ItemRow,
  language: string | null,
  nextPage: number | null,
): Promise<void> {
  if (known) {
    await client.query({
      name: "search-note-document",
      text: "update search_documents set next_page = $3 where content_hash = $1 and extract_hash = $2",
      values: [contentHash, extractHash, nextPage],
    });
    return;
  }
  await client.query({
    name: "search-add-document",
    text: `insert into search_documents (content_hash, extract_hash, language, next_page) values ($1, $2, $3, $4)
           on conflict do nothing`,
    values: [contentHash, extractHash, language, nextPage],
  });
}

function textsOf(texts: ReadonlyMap<number, string>, pages: readonly number[]): PageText[] {
  return pages.map((page) => ({ page_no: page, text: texts.get(page) ?? "" }));
}

async function addPages(
  client: Client,
  { extractHash }: Standing,
  { content_hash: contentHash }: ItemRow,
  language: string | null,
  texts: readonly PageText[],
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
