-- Full text of what has been stored, made after a batch has ended and never on the commit path. All of it can be made again
-- from pages; it goes with the documents and batches that it speaks of. Coordinators of earlier schemas may run beside this.

create table search_documents (
  content_hash bytea not null,
  extract_hash bytea not null,
  -- ISO 639-1; null: could not be told. Decides by which rules its words are cut to their stems.
  language     text,
  primary key (content_hash, extract_hash),
  foreign key (content_hash, extract_hash) references documents on delete cascade
);

create index search_documents_language on search_documents (language);

create table search_pages (
  content_hash bytea not null,
  extract_hash bytea not null,
  page_no      integer not null,
  words        tsvector not null,
  primary key (content_hash, extract_hash, page_no),
  foreign key (content_hash, extract_hash) references search_documents on delete cascade
) with (toast_tuple_target = 8160);
-- As with the text of pages: compressing it would cost more than all else.
alter table search_pages alter column words set storage external;
create index search_pages_words on search_pages using gin (words);

-- In which batches a document is. Items have no index by hash, which their commit would have to keep.
create table search_items (
  batch_id     uuid not null references batches on delete cascade,
  ordinal      integer not null,
  content_hash bytea not null,
  primary key (batch_id, ordinal)
);
create index search_items_content on search_items (content_hash);

-- How far each batch that has ended has been gone through.
create table search_batches (
  batch_id    uuid primary key references batches on delete cascade,
  -- The end that this is about: a retry gives the batch another one, and it is gone through again.
  finished_at timestamptz not null,
  next_item   integer not null default 0,
  next_page   integer not null default 1,
  items       bigint not null default 0,
  done_at     timestamptz
);
