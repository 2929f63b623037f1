import type { Fleet } from "@sluice/testkit";
import type { DocumentSet } from "../documents/document-set.ts";

export interface StoreFindings {
  readonly faults: { readonly kind: string; readonly detail: string }[];
  readonly documents: number;
  readonly pages: number;
}

interface DocumentRow extends Record<string, unknown> {
  hash: string;
  page_count: number;
  pages: number;
  numbered: boolean;
  text_hash: string;
}

/**
 * Holds everything that is stored against what is known of the documents: each content once, with its pages and its text;
 * one item that stored it and the others duplicates; nothing that belongs to nothing. `since`: texts of documents
 * stored before are not read again.
 */
export async function checkStore(fleet: Fleet, documents: DocumentSet, since: Date | null): Promise<StoreFindings> {
  const faults: StoreFindings["faults"] = [];
  const rows = await fleet.query<DocumentRow>(
    `select encode(d.content_hash, 'hex') as hash, d.page_count, p.pages, p.numbered, p.text_hash
       from documents d
      cross join lateral (
        select count(*)::int as pages, coalesce(min(page_no) = 1 and max(page_no) = count(*), true) as numbered,
               encode(sha256(convert_to(coalesce(string_agg(coalesce(text, ''), E'\\f' order by page_no), ''), 'UTF8')), 'hex') as text_hash
          from pages p where p.content_hash = d.content_hash and p.extract_hash = d.extract_hash) p
      where $1::timestamptz is null or d.created_at >= $1`,
    [since],
  );
  for (const row of rows) {
    const known = documents.byHash(row.hash);
    if (known === null || known.textHash === null) {
      faults.push({ kind: "a document nobody handed in", detail: row.hash });
    } else if (row.page_count !== known.pageCount || row.pages !== known.pageCount || !row.numbered) {
      faults.push({
        kind: "pages lost or doubled",
        detail: `${known.name}: ${row.pages} pages stored, ${row.page_count} said, ${known.pageCount} known`,
      });
    } else if (row.text_hash !== known.textHash) {
      faults.push({ kind: "another text", detail: known.name });
    }
  }
  for (const [kind, sql] of STORE_QUERIES) {
    for (const { example } of await fleet.query<{ example: string }>(`${sql} limit 20`))
      faults.push({ kind, detail: example });
  }
  const [sum] = await fleet.query<{ documents: number; pages: number }>(
    "select (select count(*)::int from documents) as documents, (select count(*)::int from pages) as pages",
  );
  return { faults, documents: sum?.documents ?? 0, pages: sum?.pages ?? 0 };
}

const STORED = "('succeeded', 'partial', 'duplicate', 'unchanged')";

/** Each selects an `example` for what must not be. */
const STORE_QUERIES: readonly (readonly [string, string])[] = [
  [
    // Of batches that look for duplicates exactly one item stores a content, unless a batch that does not was first, or
    // the one that stored it has been deleted.
    "stored by more than one item, or by none",
    `select encode(i.content_hash, 'hex') || ': ' || count(*) filter (where i.extract_state in ('succeeded', 'partial') and (b.options ->> 'deduplicate')::boolean)
            || ' items stored it, ' || count(*) || ' have it' as example
       from items i join batches b on b.id = i.batch_id
      where i.extract_state in ${STORED}
      group by i.content_hash, b.extract_hash
     having count(*) filter (where i.extract_state in ('succeeded', 'partial') and (b.options ->> 'deduplicate')::boolean) > 1
         or (count(*) filter (where i.extract_state in ('succeeded', 'partial')) = 0
             and exists (select 1 from documents d join batches first on first.id = d.first_batch_id
                          where d.content_hash = i.content_hash and d.extract_hash = b.extract_hash))`,
  ],
  [
    "a document without an item",
    `select encode(d.content_hash, 'hex') as example from documents d
      where not exists (select 1 from items i join batches b on b.id = i.batch_id
                         where i.content_hash = d.content_hash and b.extract_hash = d.extract_hash and i.extract_state in ${STORED})`,
  ],
  [
    "an item without its document",
    `select i.batch_id || ' ' || i.ordinal as example from items i join batches b on b.id = i.batch_id
      where i.extract_state in ${STORED}
        and not exists (select 1 from documents d where d.content_hash = i.content_hash and d.extract_hash = b.extract_hash)`,
  ],
  [
    "pages without a document",
    `select encode(p.content_hash, 'hex') || ' ' || p.page_no as example from pages p
      where not exists (select 1 from documents d where d.content_hash = p.content_hash and d.extract_hash = p.extract_hash)`,
  ],
  [
    // Of calls that came to a label one for each content and standard; those that came to nothing may be many.
    "an LLM was asked twice",
    `select encode(l.content_hash, 'hex') || ': ' || count(*) || ' calls that came to a label' as example
       from llm_calls l join batches b on b.id = l.batch_id where l.outcome = 'ok'
      group by l.content_hash, b.extract_hash, b.classify_hash having count(*) > 1`,
  ],
  [
    "a near-duplicate's label without an original",
    `select encode(c.content_hash, 'hex') as example from classifications c
      where (c.source = 'near_duplicate') <> (c.original is not null)`,
  ],
  [
    "bands without a document",
    `select encode(n.content_hash, 'hex') as example from near_duplicate_bands n
      where not exists (select 1 from documents d where d.content_hash = n.content_hash)`,
  ],
];
