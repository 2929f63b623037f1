import type { AuditCheck, AuditReport } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { AUDIT_QUERIES, type AuditQuery } from "./audit-checks.ts";

const MAX_EXAMPLES = 20;

/** Accounts for every item of a batch: balanced when no check finds anything. */
export async function auditBatch(database: Database, batchId: string): Promise<AuditReport> {
  const { status } = await readBatch(database, batchId);
  await analyzeChanged(database);
  const checks: AuditCheck[] = [];
  // One after another: on a large batch each may keep a core of the server busy for a second.
  for (const query of AUDIT_QUERIES) checks.push(await runCheck(database, query, batchId));
  return {
    batchId,
    state: status.state,
    balanced: checks.every((check) => check.ok),
    items: status.items,
    checks,
  };
}

/**
 * Right after a large batch the server's statistics are those of empty tables, and its plans for these joins would take
 * minutes. A sample of each table costs less than a second.
 */
async function analyzeChanged({ pool }: Database): Promise<void> {
  try {
    const { rows } = await pool.query<{ relname: string }>(
      `select relname from pg_stat_user_tables
        where schemaname = current_schema() and relname = any($1) and n_mod_since_analyze > n_live_tup / 10`,
      [["batches", "batch_counters", "items", "documents", "pages", "classifications", "attempts"]],
    );
    for (const { relname } of rows) await pool.query(`analyze ${relname}`);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

async function runCheck(database: Database, { name, question, sql }: AuditQuery, batchId: string): Promise<AuditCheck> {
  try {
    const { rows } = await database.pool.query<{ gaps: number; examples: string[] | null }>(
      `with gaps as materialized (${sql})
       select (select count(*)::int from gaps) as gaps,
              (select array_agg(example) from (select example from gaps limit ${MAX_EXAMPLES}) first) as examples`,
      [batchId],
    );
    // An aggregate answers with one row.
    const gaps = rows[0]?.gaps ?? 0;
    return { name, question, ok: gaps === 0, gaps, examples: rows[0]?.examples ?? [] };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
