-- Labels that are handed on to near-duplicates. Coordinators of earlier schemas may run beside this.

alter table classifications
  -- Of a label that was given to a near-duplicate: {contentHash, similarity}.
  add column original jsonb;

-- Where documents that an LLM has labelled are found by what their text is like: a hash over who asked, the standard, and some minima of its
-- shingles.
create table near_duplicate_bands (
  band         bigint not null,
  content_hash bytea not null,
  primary key (band, content_hash)
);
create index near_duplicate_bands_content on near_duplicate_bands (content_hash);
