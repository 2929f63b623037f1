import type { BatchSummary } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readFailures } from "./read-failures.ts";

/** A summary is for reading; all failures are a listing of their own. */
const MAX_FAILURES = 1_000;

export async function summarizeBatch(database: Database, batchId: string): Promise<BatchSummary> {
  const batch = await readBatch(database, batchId);
  const [categories, failures] = await Promise.all([
    countCategories(database, batchId),
    readFailures(database, batchId, { after: -1, limit: MAX_FAILURES }),
  ]);
  return {
    batch: batch.status,
    categories,
    failures: failures.map(({ ordinal, uri, code, message, advice }) => ({ ordinal, uri, code, message, advice })),
  };
}

async function countCategories({ sql }: Database, batchId: string): Promise<Record<string, number>> {
  try {
    const rows = await sql<{ category: string; items: number }[]>`
      select label.category, count(*)::int as items
        from items i
        join batches b on b.id = i.batch_id
        join classifications c on c.content_hash = i.content_hash and c.extract_hash = b.extract_hash
                              and c.classify_hash = b.classify_hash
       cross join lateral (
         select c.category where c.labels is null
          union all
         select one ->> 'category' from jsonb_array_elements(c.labels) one) label
       where i.batch_id = ${batchId} and i.classify_state = 'classified' and label.category is not null
       group by label.category order by items desc, label.category`;
    return Object.fromEntries(rows.map((row) => [row.category, row.items]));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
