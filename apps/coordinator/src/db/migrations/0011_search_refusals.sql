-- What the index of a search cannot take is set aside, so that it keeps nothing else from being found. Coordinators of earlier schemas
-- may run beside this: every new column has a default.
create table search_refusals (
  content_hash bytea not null,
  extract_hash bytea not null,
  page_no      integer not null,
  -- SQLSTATE, or the name of the error.
  code         text not null,
  message      text not null,
  refused_at   timestamptz not null default now(),
  primary key (content_hash, extract_hash, page_no),
  foreign key (content_hash, extract_hash) references documents on delete cascade
);

-- The page from which on a document is not searchable yet; null: it is gone through.
alter table search_documents add column next_page integer;

alter table search_batches
  -- Of its `items`, those with pages that were set aside.
  add column refused bigint not null default 0,
  -- Why it could not be gone on with, how often in a row, and until when other batches come first.
  add column tries   integer not null default 0,
  add column message text,
  add column due_at  timestamptz;
