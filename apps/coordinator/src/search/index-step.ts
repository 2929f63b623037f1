import type { Client, Database } from "../db/database.ts";
import { databaseCode, isConnectionLoss } from "../db/database-error.ts";
import { indexDocument, type Room } from "./index-document.ts";
import { refusesForGood, storableMessage } from "./search-refusals.ts";
import { type ItemRow, readUnindexed } from "./read-unindexed.ts";
import { addItems, saveStanding, takeStanding } from "./search-standing.ts";

// A step is a transaction of a tenth of a second or so: what a kill or a lost server costs, and what the event loop
// of this process has to make room for in between.
const PAGES_PER_STEP = 100;
const CHARS_PER_STEP = 400_000;
const FIRST_REST_SECONDS = 5;
const LONGEST_REST_SECONDS = 600;

export interface IndexedStep {
  readonly batchId: string;
  readonly pages: number;
  /** Pages that were set aside, because the index cannot take them. */
  readonly refused: number;
  /** The batch is searchable now. */
  readonly done: boolean;
  /** Why the step has not happened; the batch is tried again later, behind the others. Null: it has. */
  readonly fault: Error | null;
}

/**
 * Makes some pages of one batch that has ended searchable, and remembers where it stands, in one transaction. Other
 * coordinators do the same for other batches. A batch that has ended once more, after a retry, is looked through for what
 * is there by now. Returns null when there is nothing to do.
 */
export async function indexStep(database: Database): Promise<IndexedStep | null> {
  const { rows } = await database.pool.query<{ id: string }>(UNFINISHED);
  for (const { id } of rows) {
    const step = await tryStep(database, id);
    if (step !== null) return step;
  }
  return null;
}

const UNFINISHED = `
  select b.id from batches b left join search_batches s on s.batch_id = b.id
   where b.state in ('done', 'cancelled') and b.finished_at is not null and b.deleting_at is null
     and (s.batch_id is null or s.done_at is null or s.finished_at <> b.finished_at)
     and (s.due_at is null or s.due_at <= now())
   order by b.finished_at limit 8`;

/** All at once; where that fails for good, page by page, so that the page at fault is found and set aside. */
async function tryStep(database: Database, batchId: string): Promise<IndexedStep | null> {
  const step = (apart: boolean) => database.transaction((client) => indexSome(client, batchId, apart));
  try {
    return await step(false).catch((error: unknown) => {
      if (refusesForGood(error)) return step(true);
      throw error;
    });
  } catch (error) {
    if (!(error instanceof Error) || isConnectionLoss(error)) throw error;
    await putBack(database, batchId, error);
    return { batchId, pages: 0, refused: 0, done: false, fault: error };
  }
}

async function indexSome(client: Client, batchId: string, apart: boolean): Promise<IndexedStep | null> {
  const standing = await takeStanding(client, batchId);
  if (standing === null) return null;
  const { rows, onward } = await readUnindexed(client, standing);
  const room: Room = { pages: PAGES_PER_STEP, chars: CHARS_PER_STEP, refused: 0 };
  const finished: ItemRow[] = [];
  let { item, page } = standing;
  let stopped = false;
  for (const row of rows) {
    stopped = room.pages <= 0 || room.chars <= 0;
    if (stopped) break;
    const last = await indexDocument(client, standing, row, room, apart);
    stopped = last < row.page_count;
    item = stopped ? row.ordinal : row.ordinal + 1;
    page = stopped ? last + 1 : 1;
    if (stopped) break;
    finished.push(row);
  }
  await addItems(client, standing, finished);
  const done = !stopped && onward === null;
  if (!stopped && onward !== null) [item, page] = [onward, 1];
  await saveStanding(client, { batchId, item, page, done });
  return { batchId, pages: PAGES_PER_STEP - room.pages, refused: room.refused, done, fault: null };
}

/** What fails as a whole is left alone for a while, longer each time: other batches come first. */
async function putBack({ pool }: Database, batchId: string, error: Error): Promise<void> {
  const code = databaseCode(error) ?? error.name;
  await pool.query(
    `insert into search_batches as s (batch_id, finished_at, tries, message, due_at)
     select id, finished_at, 1, $2, now() + ${FIRST_REST_SECONDS} * interval '1 second'
       from batches where id = $1 and finished_at is not null
     on conflict (batch_id) do update
       set tries = s.tries + 1, message = excluded.message,
           due_at = now() + least(${LONGEST_REST_SECONDS}, ${FIRST_REST_SECONDS} * 2 ^ least(s.tries, 20)) * interval '1 second'`,
    [batchId, storableMessage(`${code}: ${error.message}`)],
  );
}
