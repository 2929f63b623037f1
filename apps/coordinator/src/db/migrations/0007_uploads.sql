-- Bytes that were uploaded. They go when nobody has asked for them for some days and no batch refers to them.
create table uploads (
  content_hash bytea primary key check (length(content_hash) = 32),
  size_bytes   bigint not null check (size_bytes >= 0),
  -- Where they lie in the blob store: a name of their own, never used twice.
  blob_name    text not null unique,
  uploaded_by  text,
  uploaded_at  timestamptz not null default now(),
  -- Uploaded again, or taken into a batch.
  used_at      timestamptz not null default now()
);
create index uploads_used on uploads (used_at);

-- Which batches refer to which upload; rows of batches that are gone are swept.
create table batch_uploads (
  content_hash bytea not null,
  batch_id     uuid not null,
  primary key (content_hash, batch_id)
);
create index batch_uploads_batch on batch_uploads (batch_id);

-- Uploads in pieces: how far each has come. A piece counts from the transaction on that moves `received_bytes`.
create table resumable_uploads (
  id             uuid primary key,
  name           text not null,
  metadata       text not null default '',
  size_bytes     bigint not null check (size_bytes >= 0),
  received_bytes bigint not null default 0 check (received_bytes between 0 and size_bytes),
  uploaded_by    text,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz not null,
  -- Once everything was here: what it has become, and whether that was known already.
  content_hash   bytea check (length(content_hash) = 32),
  known          boolean
);
create index resumable_uploads_expiry on resumable_uploads (expires_at);

create table resumable_pieces (
  upload_id  uuid not null references resumable_uploads (id) on delete cascade,
  start_byte bigint not null,
  size_bytes bigint not null check (size_bytes > 0),
  blob_name  text not null unique,
  primary key (upload_id, start_byte)
);

-- What coordinators sign with.
create table secrets (
  name  text primary key,
  value bytea not null
);
