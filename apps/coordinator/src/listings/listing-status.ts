import { MAX_LISTING_PROBLEMS, type SourceListing } from "@sluice/contracts";

/** What is read of all listings of a batch beside its status; see `LISTING_FACTS`. */
export interface ListingFacts {
  readonly sources: number;
  readonly done: number;
  readonly failed: number;
  readonly filtered: number;
  readonly problem_count: number;
  readonly failures: SourceListing["problems"];
  readonly problems: SourceListing["problems"];
  readonly waiting: SourceListing["waiting"];
}

/** A lateral query over the batch `b`: one row, of one JSON value, null for a batch that lists no sources. */
export const LISTING_FACTS = `
  select case when count(*) = 0 then null else json_build_object(
           'sources', count(*), 'done', count(*) filter (where l.state = 'done'),
           'failed', count(*) filter (where l.state = 'failed'), 'filtered', sum(l.filtered),
           'problem_count', sum(l.problem_count),
           'failures', coalesce(json_agg(json_build_object('uri', l.source, 'code', l.code, 'message', l.message)
             order by l.number) filter (where l.state = 'failed' and l.failure <= ${MAX_LISTING_PROBLEMS}), '[]'),
           'problems', coalesce((select json_agg(p.value) from (
               select p.value from listings o cross join lateral jsonb_array_elements(o.problems) as p (value)
                where o.batch_id = b.id and o.problem_count > 0 order by o.number limit ${MAX_LISTING_PROBLEMS}) p), '[]'),
           'waiting', (select json_build_object('uri', w.source, 'code', w.code, 'message', w.message,
               'until', to_json(w.due_at)) from listings w
              where w.batch_id = b.id and w.state = 'pending' and w.code is not null order by w.number limit 1)) end as listing
    from (select l.*, count(*) filter (where l.state = 'failed') over (order by l.number) as failure
            from listings l where l.batch_id = b.id) l`;

export function listingStatus(facts: ListingFacts | null): SourceListing | null {
  if (facts === null) return null;
  const { sources, done, failed, filtered, waiting } = facts;
  const ended = done + failed === sources;
  return {
    state: !ended ? "listing" : failed > 0 ? "failed" : "done",
    sources,
    done,
    failed,
    filtered,
    problemCount: facts.problem_count + failed,
    problems: [...facts.failures, ...facts.problems].slice(0, MAX_LISTING_PROBLEMS),
    waiting,
  };
}
