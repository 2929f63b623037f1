-- Passwords for the encrypted documents of a batch: a table of their own, so that nothing that reads a batch reads them.
-- A row goes with the end of its batch.

create table batch_passwords (
  batch_id  uuid primary key references batches on delete cascade,
  passwords text[] not null check (cardinality(passwords) > 0)
);
