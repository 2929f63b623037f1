-- Trained classifiers, by the hash of their file. Coordinators of earlier schemas may run beside this.
create table models (
  hash       bytea primary key check (length(hash) = 32),
  name       text,
  file       bytea not null,
  -- What stands in it: taxonomy, categories, how good it was.
  header     jsonb not null,
  -- The token that sent it first; null where that is in no table.
  created_by uuid,
  created_at timestamptz not null default now()
);
alter table models alter column file set storage external;
