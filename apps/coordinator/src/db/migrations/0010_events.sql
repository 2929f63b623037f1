-- What happens to batches is told in order to whoever listens, and to webhooks. Coordinators of earlier schemas may run beside
-- this; what they change is seen in the batches and is no event.

create table batch_events (
  -- Of one batch in the order of its changes, since each is written under the lock of its row.
  entry    bigint generated always as identity primary key,
  event_id uuid not null,
  batch_id uuid not null,
  name     text,
  state    text not null,
  -- Whose batch it is; a batch may be gone before what happened to it is told.
  owner    uuid,
  type     text not null,
  at       timestamptz not null default clock_timestamp(),
  detail   jsonb not null,
  -- Given after the commit, by one coordinator at a time: entries of transactions beside each other become visible in any
  -- order, positions in their own.
  position bigint unique
);
create index batch_events_unplaced on batch_events (entry) where position is null;
create index batch_events_batch on batch_events (batch_id, position);

-- One row, whose lock is held by whoever gives positions.
create table event_stream (
  one           boolean primary key default true check (one),
  last_position bigint not null default 0,
  -- Events up to here are not kept any more.
  forgotten     bigint not null default 0
);
insert into event_stream default values;

create table webhooks (
  id          uuid primary key,
  url         text not null,
  types       text[],
  batch_id    uuid,
  description text,
  -- In clear: signing takes it. It opens nothing.
  secret      text not null,
  created_by  text not null,
  -- An administrator's: events of all batches.
  sees_all    boolean not null,
  created_at  timestamptz not null default now(),
  disabled_at timestamptz
);

create table webhook_deliveries (
  entry         bigint generated always as identity primary key,
  id            uuid not null unique default gen_random_uuid(),
  webhook_id    uuid not null references webhooks on delete cascade,
  event_id      uuid not null,
  type          text not null,
  -- Null for tests, which keep no order.
  batch_id      uuid,
  position      bigint,
  -- The very bytes that are signed and sent, each time.
  body          text not null,
  state         text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'dropped')),
  tries         integer not null default 0,
  created_at    timestamptz not null default now(),
  last_tried_at timestamptz,
  -- While a try is under way, the end of its lease.
  next_try_at   timestamptz default now(),
  status        integer,
  latency_ms    integer,
  error         text
);
create index webhook_deliveries_log on webhook_deliveries (webhook_id, entry);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_try_at) where state = 'pending';
create index webhook_deliveries_order on webhook_deliveries (webhook_id, batch_id, position) where state = 'pending';
create index webhook_deliveries_created on webhook_deliveries (created_at);
