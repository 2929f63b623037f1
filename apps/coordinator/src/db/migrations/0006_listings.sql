-- Batches whose sources the coordinators list themselves: a row a source, and one for each archive that is found, with how far
-- its listing has come. Coordinators of earlier schemas may run beside this: every new column has a default.
create table listings (
  batch_id      uuid not null references batches on delete cascade,
  -- The order in which a batch's sources are listed, one after the other.
  number        integer not null,
  source        text not null,
  -- Where it lies below the source that it was found in, for filters; empty for one that was given.
  below         text not null default '',
  state         text not null default 'pending' check (state in ('pending', 'done', 'failed')),
  -- What has become items, in words of the source's own kind. It moves in the transaction that takes them in.
  cursor        jsonb,
  filtered      bigint not null default 0,
  problem_count integer not null default 0,
  problems      jsonb not null default '[]',
  -- Why it failed, or is tried again at `due_at`.
  code          text,
  message       text,
  tries         integer not null default 0,
  due_at        timestamptz not null default now(),
  -- Whoever lists it, under a new id each time it is taken, and until when without a word.
  holder        uuid,
  leased_until  timestamptz,
  primary key (batch_id, number)
);
create index listings_pending on listings (batch_id, number) where state = 'pending';

alter table batches
  -- true: items come from `listings`, and the batch seals itself.
  add column lists_sources boolean not null default false,
  add column source_filter jsonb;

-- Asked twice a second: what is to be listed.
create index batches_listing on batches (id) where lists_sources and state = 'open';

-- How often an item's source could not be reached for a reason that passes.
alter table items add column source_tries integer not null default 0;
