-- Who has sent the bytes of an upload too, after the one whom uploads.uploaded_by names: equal bytes are kept once, and
-- whoever has only their hash has nothing.

create table upload_holders (
  content_hash bytea not null references uploads on delete cascade,
  -- As uploads.uploaded_by: a token's id, or a role for a token that is in no table.
  uploaded_by  text not null,
  primary key (content_hash, uploaded_by)
);
