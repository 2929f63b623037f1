-- Taxonomies of which a document may have several labels. Coordinators of earlier schemas would store the first one alone.

alter table classifications
  -- All of them, the surest first, which is `category`: [{category, confidence}]; null: by a taxonomy that gives one.
  add column labels jsonb;
