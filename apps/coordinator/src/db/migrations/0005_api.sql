-- Batches can be deleted, and what creates something can be asked for twice. Coordinators of earlier schemas may run beside this.

alter table batches
  -- When its deletion was asked for: nobody sees it any more, and its rows go in steps.
  add column deleting_at   timestamptz,
  -- Every use that it makes of others' documents is in document_uses, and it has ended.
  add column uses_complete boolean not null default false;
create index batches_state on batches (state, created_at desc, id desc);
create index batches_deleting on batches (deleting_at) where deleting_at is not null;

-- Batches that point at a document which another batch stored first (documents.first_batch_id). Of most documents there is
-- none, and so nothing is written for them; an index of items by content would have to be moved for each item.
create table document_uses (
  content_hash bytea not null check (length(content_hash) = 32),
  batch_id     uuid not null,
  primary key (content_hash, batch_id)
);

-- Requests with an Idempotency-Key, for a day.
create table idempotency_keys (
  caller         text not null,
  key            text not null,
  request_hash   bytea not null check (length(request_hash) = 32),
  coordinator_id uuid not null,
  created_at     timestamptz not null default now(),
  -- What was done, written in the transaction that did it.
  result         jsonb,
  -- What was answered, written afterwards.
  status         integer,
  content_type   text,
  body           text,
  primary key (caller, key)
);
create index idempotency_keys_created on idempotency_keys (created_at);
