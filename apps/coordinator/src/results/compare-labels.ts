import {
  AppError,
  type ChangedLabel,
  type LabelComparisonLine,
  type LabelMove,
  MOST_LABEL_MOVES,
} from "@sluice/contracts";
import type { Client, Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readSteadily } from "../db/read-steadily.ts";

const ROWS_PER_FETCH = 500;

export interface LabelComparison {
  readonly left: string;
  readonly right: string;
  /** Changed labels that are told at most. */
  readonly limit: number;
  /** Only what moved from this label of the left batch, or to this one of the right. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The labels of two batches, source by source as both were at one moment: first a matrix of what became what, then the changed ones in the order of
 * their URIs, then the end. Sources that a batch has twice are matched in order. NOT_FOUND, before anything is read.
 */
export async function compareLabels(
  database: Database,
  { left: leftId, right: rightId, limit, from, to }: LabelComparison,
): Promise<AsyncGenerator<LabelComparisonLine[]>> {
  if (leftId === rightId) throw new AppError("BAD_REQUEST", "A batch does not differ from itself; name two.");
  const [left, right] = await Promise.all([readBatch(database, leftId), readBatch(database, rightId)]);
  const batches = [leftId, rightId, left.extractHash, left.classifyHash, right.extractHash, right.classifyHash];
  return readSteadily(database, async function* ({ client, rows }) {
    const moves = await countMoves(client, batches);
    const count = (counted: readonly LabelMove[]) => counted.reduce((sum, { items }) => sum + items, 0);
    yield [
      {
        line: "labels",
        left: leftId,
        right: rightId,
        both: count(moves),
        same: count(moves.filter((move) => move.left === move.right)),
        moves: moves.slice(0, MOST_LABEL_MOVES),
        movesHidden: Math.max(0, moves.length - MOST_LABEL_MOVES),
      },
    ];
    let changed = 0;
    let more = false;
    // One more tells whether there are more.
    for await (const found of rows<ChangedRow>(CHANGED, [...batches, from, to, limit + 1], ROWS_PER_FETCH)) {
      const shown = found.slice(0, limit - changed);
      more = shown.length < found.length;
      changed += shown.length;
      yield shown.map(toLine);
    }
    yield [{ line: "end", changed, more }];
  });
}

/** $1 and $2 are the batches, $3 and $4 the left one's hashes, $5 and $6 the right one's. What was not judged in both is not compared. */
const JUDGED = `
  with l as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, classify_state, content_hash from items where batch_id = $1),
       r as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, classify_state, content_hash from items where batch_id = $2),
       judged as (
         select l.uri, l.nth, l.ordinal as l_ordinal, lc.category as l_category, lc.confidence as l_confidence,
                r.ordinal as r_ordinal, rc.category as r_category, rc.confidence as r_confidence
           from l join r on r.uri = l.uri and r.nth = l.nth
           left join lateral (
             select category, confidence from classifications
              where content_hash = l.content_hash and extract_hash = $3 and classify_hash = $4 limit 1) lc on true
           left join lateral (
             select category, confidence from classifications
              where content_hash = r.content_hash and extract_hash = $5 and classify_hash = $6 limit 1) rc on true
          where l.classify_state in ('classified', 'abstained', 'no_text')
            and r.classify_state in ('classified', 'abstained', 'no_text'))`;

async function countMoves(client: Client, batches: unknown[]): Promise<LabelMove[]> {
  const { rows } = await client.query<LabelMove>(
    `${JUDGED}
     select l_category as left, r_category as right, count(*)::int as items from judged
      group by l_category, r_category order by items desc, l_category, r_category`,
    batches,
  );
  return rows;
}

const CHANGED = `${JUDGED}
  select uri, l_ordinal, l_category, l_confidence, r_ordinal, r_category, r_confidence from judged
   where l_category is distinct from r_category
     and ($7::text is null or l_category = $7) and ($8::text is null or r_category = $8)
   order by uri, nth limit $9`;

interface ChangedRow {
  readonly uri: string;
  readonly l_ordinal: number;
  readonly l_category: string | null;
  readonly l_confidence: number | null;
  readonly r_ordinal: number;
  readonly r_category: string | null;
  readonly r_confidence: number | null;
}

function toLine(row: ChangedRow): ChangedLabel {
  return {
    line: "changed",
    uri: row.uri,
    left: { ordinal: row.l_ordinal, category: row.l_category, confidence: row.l_confidence },
    right: { ordinal: row.r_ordinal, category: row.r_category, confidence: row.r_confidence },
  };
}
