-- Batches can be paused, their limits raised and their priority changed, failed items tried again, and what a batch has not
-- read handed to another one. Coordinators of earlier schemas may run beside this: every new column has a default.

alter table batches
  add column paused_at    timestamptz,
  add column continued_by uuid,
  -- Rises with every change of what coordinators remember of a batch.
  add column revision     integer not null default 0;

-- What was known of an item that failed and is tried again.
create table retried_failures (
  batch_id   uuid not null,
  ordinal    integer not null,
  retried_at timestamptz not null default now(),
  code       text not null,
  message    text,
  page       integer,
  evidence   jsonb,
  primary key (batch_id, ordinal, retried_at)
);

alter table workers add column drain_asked_at timestamptz;

-- Which workers were lost about when: asked when one more is.
create index attempts_lost on attempts (ended_at) where outcome = 'worker_lost';
