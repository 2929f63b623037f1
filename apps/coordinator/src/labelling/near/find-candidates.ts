import type { Classification } from "@sluice/contracts";
import type { Database } from "../../db/database.ts";
import { translateDatabaseError } from "../../db/database-error.ts";
import type { UnlabelledItem } from "../label-item.ts";
import type { BandScope } from "./bands.ts";

/** A document that an LLM has labelled and that may be almost the same as an item. */
export interface Candidate extends UnlabelledItem {
  readonly classification: Classification;
}

// Of forms that are filled in there are thousands that share a band and are not alike enough.
const MOST_OF_A_BAND = 20;
const MOST_OF_AN_ITEM = 8;

/** By ordinal, what shares most bands first. Labels that were handed on themselves are handed on no further. */
export async function findCandidates(
  { pool }: Database,
  { extractHash, classifyHash }: BandScope,
  bands: ReadonlyMap<number, readonly bigint[]>,
): Promise<Map<number, Candidate[]>> {
  const wanted = [...bands].flatMap(([ordinal, all]) => all.map((band) => ({ ordinal, band: String(band) })));
  if (wanted.length === 0) return new Map();
  try {
    const { rows } = await pool.query({
      name: "find-near-duplicates",
      text: `with shared as (
           select w.ordinal, b.content_hash, count(*) as bands
             from unnest($1::int[], $2::bigint[]) as w (ordinal, band)
            cross join lateral (
              select content_hash from near_duplicate_bands where band = w.band limit ${MOST_OF_A_BAND}) b
            group by w.ordinal, b.content_hash),
         best as (
           select *, row_number() over (partition by ordinal order by bands desc, content_hash) as place from shared)
         select best.ordinal, encode(best.content_hash, 'hex') as hash, d.page_count, d.metadata,
                c.state, c.category, c.confidence, c.terms, c.runner_up, c.labels, c.reason
           from best
           join lateral (
             select page_count, metadata from documents
              where content_hash = best.content_hash and extract_hash = $3 limit 1) d on true
           join lateral (
             select * from classifications
              where content_hash = best.content_hash and extract_hash = $3 and classify_hash = $4 limit 1) c on true
          where best.place <= ${MOST_OF_AN_ITEM} and c.source = 'llm'
          order by best.ordinal, best.place`,
      values: [wanted.map(({ ordinal }) => ordinal), wanted.map(({ band }) => band), extractHash, classifyHash],
    });
    const candidates = rows.map((row, index) => ({
      of: row.ordinal as number,
      ordinal: index,
      contentHash: row.hash as string,
      pageCount: row.page_count as number,
      metadata: row.metadata,
      known: true,
      classification: {
        state: row.state,
        category: row.category,
        confidence: row.confidence,
        terms: row.terms,
        ...(row.labels === null ? {} : { labels: row.labels }),
        ...(row.runner_up === null ? {} : { runnerUp: row.runner_up }),
        ...(row.reason === null ? {} : { reason: row.reason }),
      },
    }));
    return Map.groupBy(candidates, (candidate) => candidate.of);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
