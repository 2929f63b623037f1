-- The whole state of Sluice beside the queue's own schema. Hashes are bytea (32 bytes), ids are UUIDv7, times are the
-- database's. There are no foreign keys on the hot tables: each would cost an index look-up a row on the commit path;
-- what they would guard is checked by the audit instead.

create table batches (
  id                 uuid primary key,
  name               text,
  state              text not null default 'open' check (state in ('open', 'sealed', 'done', 'cancelled')),
  priority           text not null check (priority in ('interactive', 'normal', 'bulk')),
  submission_key     text,
  options            jsonb not null,
  engine_version     text not null,
  classifier_version text,
  queue              text not null,
  extract_hash       bytea not null check (length(extract_hash) = 32),
  classify_hash      bytea check (length(classify_hash) = 32),
  created_at         timestamptz not null default now(),
  sealed_at          timestamptz,
  -- How many items the client said it had handed in, when it sealed.
  sealed_items       integer,
  finished_at        timestamptz
);
create index batches_created on batches (created_at desc, id desc);
create index batches_unfinished on batches (submission_key) where state in ('open', 'sealed');

-- One row for each stage and state, made when the batch opens. The row (extract, pending) is also the lock that every
-- change of the batch's counts takes first, so that no two transactions wait for each other.
create table batch_counters (
  batch_id  uuid not null references batches on delete cascade,
  stage     text not null check (stage in ('extract', 'classify')),
  state     text not null,
  items     bigint not null default 0 check (items >= 0),
  pages     bigint not null default 0,
  bytes     bigint not null default 0,
  needs_ocr bigint not null default 0,
  primary key (batch_id, stage, state)
) with (fillfactor = 50);

-- Room is left in each block for the one update that an item usually gets, so that it touches no index.
create table items (
  batch_id       uuid not null,
  ordinal        integer not null check (ordinal >= 0),
  uri            text not null,
  source_version text not null,
  size_bytes     bigint not null check (size_bytes >= 0),
  -- First 8 bytes of a hash over (extract hash, uri, source version): finds an unchanged source with one small index.
  source_key     bigint not null,
  extract_state  text not null check (extract_state in
    ('pending', 'succeeded', 'partial', 'duplicate', 'unchanged', 'failed', 'cancelled')),
  classify_state text not null check (classify_state in
    ('none', 'pending', 'classified', 'abstained', 'no_text', 'failed', 'cancelled')),
  -- The job that covers the item while it is pending.
  shard_id       uuid,
  content_hash   bytea check (length(content_hash) = 32),
  code           text,
  message        text,
  page           integer,
  evidence       jsonb,
  attempts       integer not null default 0,
  poison         integer not null default 0,
  updated_at     timestamptz not null default now(),
  primary key (batch_id, ordinal)
) with (fillfactor = 60);
create index items_source on items (source_key);

create table documents (
  content_hash   bytea not null check (length(content_hash) = 32),
  extract_hash   bytea not null check (length(extract_hash) = 32),
  size_bytes     bigint not null,
  format         text not null,
  page_count     integer not null,
  needs_ocr      boolean not null,
  partial        boolean not null,
  metadata       jsonb not null,
  warnings       jsonb not null,
  first_batch_id uuid not null,
  created_at     timestamptz not null default now(),
  primary key (content_hash, extract_hash)
);
-- Equal bytes have equal size: this is how a worker is told which hashes to look out for.
create index documents_size on documents (size_bytes);

create table pages (
  content_hash bytea not null,
  extract_hash bytea not null,
  page_no      integer not null check (page_no >= 1),
  verdict      text not null check (verdict in ('text', 'sparse', 'scanned', 'garbled', 'empty')),
  chars        integer not null,
  text         text,
  error        jsonb,
  primary key (content_hash, extract_hash, page_no)
) with (toast_tuple_target = 8160);
-- Uncompressed and, up to a block, in line: compressing pages costs the server more CPU than all else in a commit.
alter table pages alter column text set storage external;

create table classifications (
  content_hash  bytea not null,
  extract_hash  bytea not null,
  classify_hash bytea not null check (length(classify_hash) = 32),
  state         text not null check (state in ('classified', 'abstained', 'no_text')),
  category      text,
  confidence    double precision not null,
  terms         jsonb not null,
  runner_up     jsonb,
  created_at    timestamptz not null default now(),
  primary key (content_hash, extract_hash, classify_hash)
);

create table attempts (
  id             uuid primary key,
  batch_id       uuid not null,
  stage          text not null,
  queue          text not null,
  -- The job, and which try at it: together they are the fence.
  shard_id       uuid not null,
  retry_count    integer not null,
  worker_id      uuid not null,
  coordinator_id uuid not null,
  ordinals       integer[] not null,
  dispatched_at  timestamptz not null default now(),
  ended_at       timestamptz,
  outcome        text not null default 'running' check (outcome in ('running', 'committed', 'fenced', 'worker_lost', 'cut',
    'busy', 'rejected', 'unreachable', 'coordinator_lost', 'stopped', 'cancelled', 'failed')),
  detail         jsonb
);
create index attempts_shard on attempts (shard_id);
create index attempts_batch on attempts (batch_id);
create index attempts_running on attempts (dispatched_at) where outcome = 'running';

create table workers (
  id             uuid primary key,
  address        text not null,
  host           text not null,
  pid            integer not null,
  slots          integer not null,
  busy_slots     integer not null,
  engine_version text not null,
  classifiers    text[] not null,
  -- Any coordinator may dispatch, so each needs it; a new one is made at every start of the worker.
  dispatch_token text not null,
  registered_at  timestamptz not null default now(),
  renewed_at     timestamptz not null default now(),
  gone_at        timestamptz
);

create table tokens (
  id         uuid primary key,
  name       text not null,
  role       text not null check (role in ('admin', 'submit', 'worker')),
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create view results as
  select i.batch_id, i.ordinal, i.uri, i.extract_state as state, i.classify_state, c.category, c.confidence,
         d.page_count as pages, d.needs_ocr, d.metadata ->> 'title' as title, i.code, i.message,
         encode(i.content_hash, 'hex') as content_hash
    from items i
    join batches b on b.id = i.batch_id
    left join documents d on d.content_hash = i.content_hash and d.extract_hash = b.extract_hash
    left join classifications c on c.content_hash = i.content_hash and c.extract_hash = b.extract_hash
                               and c.classify_hash = b.classify_hash
                               and i.classify_state in ('classified', 'abstained', 'no_text');

create view failures as
  select batch_id, ordinal, uri, code, message, page, evidence, attempts, updated_at
    from items
   where extract_state = 'failed' or classify_state = 'failed';

create view throughput as
  select batch_id, date_trunc('minute', ended_at) as minute, count(*) as shards,
         sum(cardinality(ordinals)) as items, sum((detail ->> 'cpuMs')::double precision) as cpu_ms
    from attempts
   where outcome = 'committed'
   group by batch_id, date_trunc('minute', ended_at);
