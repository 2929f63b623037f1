import { labelSetOf } from "./label-set.ts";

const LABELS = labelSetOf("c");

/**
 * Items of two batches by their sources, where anything differs: $1 and $2 are the batches, $3 and $4 their extract hashes, $5 and
 * $6 their classify hashes, $7 whether both keep text. Sources that a batch has twice are matched in order. Both sides come
 * sorted, so that rows come as they are found and neither side is held in memory.
 */
export const COMPARISON_QUERY = `
  with l as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, extract_state, classify_state, code, content_hash,
                    extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged') as stored
               from items where batch_id = $1),
       r as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, extract_state, classify_state, code, content_hash,
                    extract_state in ('succeeded', 'partial', 'duplicate', 'unchanged') as stored
               from items where batch_id = $2),
       matched as (
         select coalesce(l.uri, r.uri) as uri,
                l.ordinal as l_ordinal, l.extract_state as l_state, l.classify_state as l_classify, l.code as l_code,
                l.content_hash as l_hash, coalesce(l.stored, false) as l_stored,
                r.ordinal as r_ordinal, r.extract_state as r_state, r.classify_state as r_classify, r.code as r_code,
                r.content_hash as r_hash, coalesce(r.stored, false) as r_stored
           from l full join r on r.uri = l.uri and r.nth = l.nth),
       judged as (
         select m.*, lc.category as l_category, rc.category as r_category
           from matched m
           left join lateral (
             select ${LABELS} as category from classifications c where m.l_classify = 'classified'
                and content_hash = m.l_hash and extract_hash = $3 and classify_hash = $5 limit 1) lc on true
           left join lateral (
             select ${LABELS} as category from classifications c where m.r_classify = 'classified'
                and content_hash = m.r_hash and extract_hash = $4 and classify_hash = $6 limit 1) rc on true),
       flagged as (
         select *, l_ordinal is not null and r_ordinal is not null as both,
                l_stored <> r_stored or (not l_stored and (l_state, l_code) is distinct from (r_state, r_code)) as state,
                l_category is distinct from r_category as label,
                l_hash <> r_hash as content
           from judged)
  select f.uri, f.both, f.both and f.state as state, f.both and f.label as label,
         f.both and coalesce(f.content, false) as content, t.changed, t.pages, ld.page_count as l_pages, rd.page_count as r_pages,
         l_ordinal, l_state, l_classify, l_code, encode(l_hash, 'hex') as l_hash, l_category,
         r_ordinal, r_state, r_classify, r_code, encode(r_hash, 'hex') as r_hash, r_category
    from flagged f
    left join lateral (
      select page_count from documents where f.l_stored and content_hash = f.l_hash and extract_hash = $3 limit 1) ld on true
    left join lateral (
      select page_count from documents where f.r_stored and content_hash = f.r_hash and extract_hash = $4 limit 1) rd on true
   cross join lateral (
     select count(*)::int as changed, coalesce((array_agg(page_no order by page_no))[1:100], '{}') as pages
       from (select coalesce(lp.page_no, rp.page_no) as page_no
               from (select page_no, text from pages where content_hash = f.l_hash and extract_hash = $3) lp
               full join (select page_no, text from pages where content_hash = f.r_hash and extract_hash = $4) rp
                 on rp.page_no = lp.page_no
              where lp.page_no is null or rp.page_no is null or ($7 and lp.text is distinct from rp.text)) differing
      where f.l_stored and f.r_stored and (f.l_hash <> f.r_hash or $3::bytea <> $4::bytea)) t
   where not f.both or f.state or f.label or f.content or t.changed > 0`;
