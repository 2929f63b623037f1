import { AppError, type DocumentPage, STORED_STATES } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { type ExtractionKey, readPages } from "./read-pages.ts";

const PAGES_PER_READ = 200;
const FORM_FEED = "\f";

/**
 * The text of an item, a form feed between two pages, read as it is asked for; or that of one page. NOT_FOUND where there is no
 * text: the item was not read, its batch keeps none, or it has no such page.
 */
export async function readItemText(
  database: Database,
  batchId: string,
  ordinal: number,
  page: number | null,
): Promise<AsyncGenerator<string>> {
  const key = await findText(database, batchId, ordinal);
  const first = await readPages(database, key, { after: (page ?? 1) - 1, limit: page === null ? PAGES_PER_READ : 1 });
  if (page !== null && first[0]?.pageNo !== page) throw new AppError("NOT_FOUND", `The item has no page ${page}.`);
  return page === null ? allText(database, key, first) : oneText(first);
}

async function* oneText([page]: readonly DocumentPage[]): AsyncGenerator<string> {
  yield page?.text ?? "";
}

async function* allText(database: Database, key: ExtractionKey, first: DocumentPage[]): AsyncGenerator<string> {
  let pages = first;
  let after = 0;
  for (;;) {
    const last = pages.at(-1)?.pageNo;
    if (last === undefined) return;
    yield (after === 0 ? "" : FORM_FEED) + pages.map(({ text }) => text ?? "").join(FORM_FEED);
    after = last;
    pages = await readPages(database, key, { after, limit: PAGES_PER_READ });
  }
}

async function findText(database: Database, batchId: string, ordinal: number): Promise<ExtractionKey> {
  const { extractHash } = await readBatch(database, batchId);
  try {
    const [row] = await database.sql<{ state: string; content_hash: Buffer | null; keeps: string }[]>`
      select i.extract_state as state, i.content_hash, b.options ->> 'store' as keeps
        from items i join batches b on b.id = i.batch_id
       where i.batch_id = ${batchId} and i.ordinal = ${ordinal}`;
    if (row === undefined) throw new AppError("NOT_FOUND", `The batch has no item ${ordinal}.`);
    const stored = STORED_STATES.some((state) => state === row.state);
    if (!stored || row.content_hash === null) {
      throw new AppError("NOT_FOUND", `Item ${ordinal} is ${row.state}: it has no text.`);
    }
    if (row.keeps === "meta") throw new AppError("NOT_FOUND", "The batch keeps no text (`store: meta`).");
    return { contentHash: row.content_hash, extractHash };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
