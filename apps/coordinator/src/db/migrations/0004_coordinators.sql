-- Who shares the slots of the workers. Rows of some seconds, which nothing is lost with: no log is written for them.
create unlogged table coordinators (
  id uuid primary key,
  renewed_at timestamptz not null default now()
);
