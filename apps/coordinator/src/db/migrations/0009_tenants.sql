-- Tokens end, are rotated and have limits of their own; batches know whose they are. Coordinators of earlier schemas may run
-- beside this: what they open belongs to nobody, which is to say to everybody who may submit.

alter table tokens
  add column expires_at           timestamptz,
  -- To the minute: a write a request would be dearer than what it tells.
  add column last_used_at         timestamptz,
  add column rotated_at           timestamptz,
  -- What the token was before it was rotated, and until when that still opens.
  add column previous_hash        bytea,
  add column previous_until       timestamptz,
  -- Null: what the configuration says for all.
  add column requests_per_second  integer check (requests_per_second >= 0),
  add column pending_items        bigint check (pending_items >= 0),
  add column open_batches         integer check (open_batches >= 0),
  add column upload_bytes_per_day bigint check (upload_bytes_per_day >= 0);
create unique index tokens_previous on tokens (previous_hash) where previous_hash is not null;

alter table batches
  -- The token that opened it; null where that is in no table.
  add column created_by uuid,
  -- Where its next shard stands among those of other owners; see src/queue/fair-order.ts.
  add column fair_tag   integer not null default 0;
create index batches_unfinished_owned on batches (created_by) where state in ('open', 'sealed');

-- Whose worker it is: of another token's worker nobody says that it has gone.
alter table workers add column registered_by uuid;

create table token_uploads (
  token_id uuid not null references tokens on delete cascade,
  day      date not null,
  bytes    bigint not null,
  primary key (token_id, day)
);
