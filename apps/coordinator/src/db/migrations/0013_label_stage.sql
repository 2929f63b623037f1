-- Labels that are given in a stage of their own, behind the text: by an LLM, or to documents that are stored already.

alter table batches
  -- Where what is to be judged waits; null: whoever reads a document judges it, or nobody does.
  add column label_queue text;

alter table workers
  -- As it announces them: classifiers that judge stored text.
  add column labellers jsonb not null default '[]';

alter table classifications
  -- Who gave it; null: the rules.
  add column source text,
  -- What an LLM said of why.
  add column reason text;

-- Contents that an attempt has in hand, so that nothing is asked twice. One of an attempt that has ended says nothing.
create table label_claims (
  content_hash  bytea not null,
  extract_hash  bytea not null,
  classify_hash bytea not null,
  attempt_id    uuid not null,
  primary key (content_hash, extract_hash, classify_hash)
);

-- Every call that was made to an LLM, those that came to nothing too; nothing of its text.
create table llm_calls (
  id            bigint generated always as identity primary key,
  batch_id      uuid not null,
  ordinal       integer not null,
  content_hash  bytea not null,
  attempt_id    uuid not null,
  -- Which call for this document, from 1.
  try           integer not null,
  server        text not null,
  model         text not null,
  model_digest  text,
  prompt_hash   bytea not null,
  outcome       text not null,
  input_tokens  integer not null,
  output_tokens integer not null,
  latency_ms    double precision not null,
  truncated     boolean not null,
  cost_usd      double precision,
  called_at     timestamptz not null default now()
);
create index llm_calls_batch on llm_calls (batch_id, ordinal);
