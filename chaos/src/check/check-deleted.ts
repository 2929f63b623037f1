import type { Fleet } from "@sluice/testkit";

/** Where a batch has rows of its own. What others share with it, `checkStore` and the checks of the others see. */
const TABLES = [
  ["batches", "id"],
  ["items", "batch_id"],
  ["attempts", "batch_id"],
  ["batch_counters", "batch_id"],
  ["batch_uploads", "batch_id"],
  ["listings", "batch_id"],
  ["document_uses", "batch_id"],
  ["search_items", "batch_id"],
  ["batch_passwords", "batch_id"],
  ["llm_calls", "batch_id"],
] as const;

/** What is left of a deleted batch: there must be nothing. */
export async function checkDeleted(fleet: Fleet, batchId: string): Promise<{ kind: string; detail: string }[]> {
  const faults: { kind: string; detail: string }[] = [];
  for (const [table, column] of TABLES) {
    const [{ count } = { count: 0 }] = await fleet.query<{ count: number }>(
      `select count(*)::int as count from ${table} where ${column} = $1`,
      [batchId],
    );
    if (count > 0) faults.push({ kind: "left of a deleted batch", detail: `${count} rows of ${table}` });
  }
  const [{ jobs } = { jobs: 0 }] = await fleet.query<{ jobs: number }>(
    "select count(*)::int as jobs from pgboss.job where data ->> 'batchId' = $1 and state < 'completed'",
    [batchId],
  );
  if (jobs > 0) faults.push({ kind: "left of a deleted batch", detail: `${jobs} jobs` });
  return faults;
}
