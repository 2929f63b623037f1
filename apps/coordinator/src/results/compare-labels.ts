import {
  AppError,
  type ChangedLabel,
  type LabelComparisonLine,
  type LabelMove,
  MOST_LABEL_MOVES,
} from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readSteadily } from "../db/read-steadily.ts";
import { labelSetOf } from "./label-set.ts";

const ROWS_PER_FETCH = 2_000;

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
 * The labels of two batches, source by source as both were at one moment: the changed ones in the order of their URIs, then what became what, over all.
 * Sources that a batch has twice are matched in order. NOT_FOUND, before anything is read.
 */
export async function compareLabels(
  database: Database,
  { left: leftId, right: rightId, limit, from, to }: LabelComparison,
): Promise<AsyncGenerator<LabelComparisonLine[]>> {
  if (leftId === rightId) throw new AppError("BAD_REQUEST", "A batch does not differ from itself; name two.");
  const [left, right] = await Promise.all([readBatch(database, leftId), readBatch(database, rightId)]);
  const values = [leftId, rightId, left.extractHash, left.classifyHash, right.extractHash, right.classifyHash];
  const isWanted = ({ l_category: was, r_category: is }: JudgedRow) =>
    was !== is && (from === null || was === from) && (to === null || is === to);
  return readSteadily(database, async function* ({ rows }) {
    const moves = new Moves();
    let changed = 0;
    let more = false;
    for await (const found of rows<JudgedRow>(JUDGED_PAIRS, values, ROWS_PER_FETCH)) {
      for (const row of found) moves.add(row);
      const wanted = found.filter(isWanted);
      const told = wanted.slice(0, limit - changed).map(toLine);
      changed += told.length;
      more ||= told.length < wanted.length;
      if (told.length > 0) yield told;
    }
    yield [{ line: "labels", left: leftId, right: rightId, ...moves.matrix(), changed, more }];
  });
}

/** How often which label became which. */
class Moves {
  readonly #moves = new Map<string, { left: string | null; right: string | null; items: number }>();

  add({ l_category: left, r_category: right }: JudgedRow): void {
    // No id has a space.
    const key = `${left ?? ""} ${right ?? ""}`;
    const known = this.#moves.get(key);
    if (known === undefined) this.#moves.set(key, { left, right, items: 1 });
    else known.items += 1;
  }

  matrix(): { both: number; same: number; moves: LabelMove[]; movesHidden: number } {
    const moves = [...this.#moves.values()].sort((one, other) => other.items - one.items);
    const count = (counted: readonly LabelMove[]) => counted.reduce((sum, { items }) => sum + items, 0);
    return {
      both: count(moves),
      same: count(moves.filter(({ left, right }) => left === right)),
      moves: moves.slice(0, MOST_LABEL_MOVES),
      movesHidden: Math.max(0, moves.length - MOST_LABEL_MOVES),
    };
  }
}

const LABELS = labelSetOf("c");

/**
 * What both batches have judged, in one pass: $1 and $2 are the batches, $3 and $4 the left one's hashes, $5 and $6 the right one's. All there is to tell
 * of a label that stayed is which.
 */
const JUDGED_PAIRS = `
  with l as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, classify_state, content_hash from items where batch_id = $1),
       r as (select uri collate "C" as uri, row_number() over (partition by uri collate "C" order by ordinal) as nth,
                    ordinal, classify_state, content_hash from items where batch_id = $2)
  select case when lc.category is distinct from rc.category then l.uri end as uri,
         l.ordinal as l_ordinal, lc.category as l_category, lc.confidence as l_confidence,
         r.ordinal as r_ordinal, rc.category as r_category, rc.confidence as r_confidence
    from l join r on r.uri = l.uri and r.nth = l.nth
    left join lateral (
      select ${LABELS} as category, confidence from classifications c
       where content_hash = l.content_hash and extract_hash = $3 and classify_hash = $4 limit 1) lc on true
    left join lateral (
      select ${LABELS} as category, confidence from classifications c
       where content_hash = r.content_hash and extract_hash = $5 and classify_hash = $6 limit 1) rc on true
   where l.classify_state in ('classified', 'abstained', 'no_text')
     and r.classify_state in ('classified', 'abstained', 'no_text')
   order by l.uri, l.nth`;

interface JudgedRow {
  readonly uri: string | null;
  readonly l_ordinal: number;
  readonly l_category: string | null;
  readonly l_confidence: number | null;
  readonly r_ordinal: number;
  readonly r_category: string | null;
  readonly r_confidence: number | null;
}

function toLine(row: JudgedRow): ChangedLabel {
  return {
    line: "changed",
    uri: row.uri ?? "",
    left: { ordinal: row.l_ordinal, category: row.l_category, confidence: row.l_confidence },
    right: { ordinal: row.r_ordinal, category: row.r_category, confidence: row.r_confidence },
  };
}
