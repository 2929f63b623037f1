import type { AuditCheck, AuditReport } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { AUDIT_QUERIES, type AuditQuery } from "./audit-checks.ts";

const MAX_EXAMPLES = 20;

/** Accounts for every item of a batch: balanced when no check finds anything. */
export async function auditBatch(database: Database, batchId: string): Promise<AuditReport> {
  const { status } = await readBatch(database, batchId);
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

async function runCheck(database: Database, { name, question, sql }: AuditQuery, batchId: string): Promise<AuditCheck> {
  try {
    const { rows } = await database.pool.query<{ gaps: number; examples: string[] | null }>(
      `with gaps as materialized (${sql})
       select (select count(*)::int from gaps) as gaps,
              (select array_agg(example) from (select example from gaps limit ${MAX_EXAMPLES}) first) as examples`,
      [batchId],
    );
    const { gaps, examples } = rows[0]!;
    return { name, question, ok: gaps === 0, gaps, examples: examples ?? [] };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
