/**
 * What must hold of every batch at any moment. Each check is one statement, and so sees one moment, that selects a line
 * of text (`example`) for each thing that breaks it; $1 is the batch. DESIGN.md beside this app says what each protects.
 */
export interface AuditQuery {
  readonly name: string;
  readonly question: string;
  readonly sql: string;
}

const STORED = "('succeeded', 'partial', 'duplicate', 'unchanged')";

export const AUDIT_QUERIES: readonly AuditQuery[] = [
  {
    name: "items_complete",
    question: "Are the items numbered without a gap, and as many as were handed in?",
    sql: `select 'ordinal ' || n.ordinal || ' is missing' as example
            from batches b
           cross join lateral generate_series(0, greatest(
             coalesce(b.sealed_items, 0), (select coalesce(max(ordinal) + 1, 0) from items where batch_id = b.id)) - 1)
             as n (ordinal)
            left join items i on i.batch_id = b.id and i.ordinal = n.ordinal
           where b.id = $1 and i.ordinal is null
           union all
          select 'sealed with ' || b.sealed_items || ' items, has ordinal ' || i.ordinal
            from batches b join items i on i.batch_id = b.id and i.ordinal >= b.sealed_items
           where b.id = $1`,
  },
  {
    name: "counts_match",
    question: "Does each stage's count of each state equal the items in it?",
    sql: `with counted as (
            select 'extract' as stage, extract_state as state, count(*) as items from items where batch_id = $1 group by 2
            union all
            select 'classify', classify_state, count(*) from items where batch_id = $1 group by 2)
          select format('%s %s: %s items, counted %s', coalesce(i.stage, c.stage), coalesce(i.state, c.state),
                        coalesce(i.items, 0), coalesce(c.items, 0)) as example
            from counted i
            full join (select * from batch_counters where batch_id = $1) c on c.stage = i.stage and c.state = i.state
           where coalesce(i.items, 0) <> coalesce(c.items, 0)`,
  },
  {
    name: "stages_agree",
    question: "Do the states of each stage add up to the same number of items?",
    sql: `select format('extract adds up to %s, classify to %s', e.items, c.items) as example
            from (select sum(items) as items from batch_counters where batch_id = $1 and stage = 'extract') e,
                 (select sum(items) as items from batch_counters where batch_id = $1 and stage = 'classify') c
           where e.items is distinct from c.items`,
  },
  {
    name: "totals_match",
    question: "Do the totals of pages, bytes and needs_ocr equal those of the documents behind the items?",
    sql: `select format('%s: pages %s/%s, bytes %s/%s, needs_ocr %s/%s (documents/counted)', c.state, coalesce(d.pages, 0),
                        c.pages, coalesce(d.bytes, 0), c.bytes, coalesce(d.needs_ocr, 0), c.needs_ocr) as example
            from batch_counters c
            left join (
              select i.extract_state as state, sum(d.page_count) as pages, sum(d.size_bytes) as bytes,
                     count(*) filter (where d.needs_ocr) as needs_ocr
                from items i join batches b on b.id = i.batch_id
                join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
               where i.batch_id = $1 and i.extract_state in ${STORED} group by 1) d on d.state = c.state
           where c.batch_id = $1 and c.stage = 'extract'
             and (coalesce(d.pages, 0), coalesce(d.bytes, 0), coalesce(d.needs_ocr, 0)) <> (c.pages, c.bytes, c.needs_ocr)`,
  },
  {
    name: "documents_stored",
    question: "Does every item that is stored have its document?",
    sql: `select format('ordinal %s (%s) has no document', i.ordinal, i.extract_state) as example
            from items i join batches b on b.id = i.batch_id
            left join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
           where i.batch_id = $1 and i.extract_state in ${STORED} and d.content_hash is null`,
  },
  {
    name: "uses_noted",
    question:
      "Is every document of another batch that this one points at noted, so that it stays when that one is deleted?",
    // Of batches from before there were notes, they are taken when something is deleted.
    sql: `select format('ordinal %s points at document %s, of which there is no note', i.ordinal, encode(i.content_hash, 'hex'))
                   as example
            from items i join batches b on b.id = i.batch_id
            join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
           where i.batch_id = $1 and i.extract_state in ${STORED} and d.first_batch_id <> i.batch_id
             and (b.uses_complete or b.created_at > (select applied_at from schema_migrations where name = 'api'))
             and not exists (
               select 1 from document_uses u where u.content_hash = i.content_hash and u.batch_id = i.batch_id)`,
  },
  {
    name: "pages_stored",
    question: "Does every document have each of its pages, once?",
    sql: `with mine as (
            select distinct d.content_hash, d.extract_hash, d.page_count
              from items i join batches b on b.id = i.batch_id
              join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
             where i.batch_id = $1 and i.extract_state in ${STORED})
          select format('document %s: %s pages of %s', encode(m.content_hash, 'hex'), p.pages, m.page_count) as example
            from mine m
           cross join lateral (
             select count(*) as pages, coalesce(max(page_no), 0) as last from pages p
              where p.content_hash = m.content_hash and p.extract_hash = m.extract_hash) p
           where p.pages <> m.page_count or p.last <> m.page_count`,
  },
  {
    name: "labels_stored",
    question: "Does every item that was judged have its classification, in the same state?",
    sql: `select format('ordinal %s is %s, its classification %s', i.ordinal, i.classify_state, coalesce(c.state, 'missing')) as example
            from items i join batches b on b.id = i.batch_id
            left join classifications c on c.content_hash = i.content_hash and c.extract_hash = b.extract_hash
                                       and c.classify_hash = b.classify_hash
           where i.batch_id = $1 and i.classify_state in ('classified', 'abstained', 'no_text')
             and c.state is distinct from i.classify_state`,
  },
  {
    name: "pending_covered",
    question: "Is every pending item covered by a job that will run?",
    sql: `select format('ordinal %s is pending, but no job covers it', i.ordinal) as example
            from items i join batches b on b.id = i.batch_id
           where i.batch_id = $1 and (i.extract_state = 'pending' or i.classify_state = 'pending') and not exists (
             select 1 from pgboss.job j
              where j.name = case when i.extract_state = 'pending' or b.label_queue is null then b.queue else b.label_queue end
                and j.id = i.shard_id and j.state < 'completed'
                -- Held by a pause, or by a bound that a sweep looks after.
                and (b.paused_at is not null or b.options ->> 'maxConcurrent' is not null or j.start_after < now() + interval '1 year'))`,
  },
  {
    name: "nothing_orphaned",
    question: "Does everything this batch has stored belong to one of its items?",
    sql: `select format('document %s has no item', encode(d.content_hash, 'hex')) as example
            from documents d
           where d.first_batch_id = $1 and not exists (
             select 1 from items i where i.batch_id = $1 and i.content_hash = d.content_hash
                and i.extract_state in ${STORED})
           union all
          select format('page %s of %s has no document', p.page_no, encode(p.content_hash, 'hex'))
            from batches b
            join items i on i.batch_id = b.id and i.content_hash is not null
            join pages p on p.content_hash = i.content_hash and p.extract_hash = b.extract_hash
           where b.id = $1 and not exists (
             select 1 from documents d where d.content_hash = p.content_hash and d.extract_hash = p.extract_hash)`,
  },
  {
    name: "nothing_doubled",
    question: "With deduplication on, is each document the result of one item only?",
    sql: `select format('document %s is the result of %s items', encode(i.content_hash, 'hex'), count(*)) as example
            from items i join batches b on b.id = i.batch_id
           where i.extract_state in ('succeeded', 'partial') and b.deleting_at is null and (b.options ->> 'deduplicate')::boolean
             and b.extract_hash = (select extract_hash from batches where id = $1)
           group by i.content_hash having count(*) > 1 and bool_or(i.batch_id = $1)`,
  },
  {
    name: "failures_named",
    question: "Does every failed item say why?",
    sql: `select 'ordinal ' || ordinal || ' failed without a code' as example from items
           where batch_id = $1 and (extract_state = 'failed' or classify_state = 'failed')
             and coalesce(code, '') = ''`,
  },
  {
    name: "end_is_final",
    question: "Is a batch that has ended without pending items, running attempts, passwords and sources to list?",
    sql: `select format('ordinal %s is pending in a batch that is %s', i.ordinal, b.state) as example
            from batches b join items i on i.batch_id = b.id
           where b.id = $1 and b.state in ('done', 'cancelled')
             and (i.extract_state = 'pending' or i.classify_state = 'pending')
           union all
          select format('attempt %s is running in a batch that is %s', a.id, b.state)
            from batches b join attempts a on a.batch_id = b.id
           where b.id = $1 and b.state in ('done', 'cancelled') and a.outcome = 'running'
           union all
          select format('passwords are kept of a batch that is %s', b.state)
            from batches b join batch_passwords p on p.batch_id = b.id
           where b.id = $1 and b.state in ('done', 'cancelled')
           union all
          select format('source %s is still to be listed in a batch that is %s', l.number, b.state)
            from batches b join listings l on l.batch_id = b.id
           where b.id = $1 and b.state in ('sealed', 'done') and l.state = 'pending'`,
  },
];
