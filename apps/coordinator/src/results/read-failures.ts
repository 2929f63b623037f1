import { ERROR_RULES, type FailureRow, isErrorCode } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Failed items by ordinal, with the evidence, the next step, and how they failed before they were tried again. */
export async function readFailures(
  { sql }: Database,
  batchId: string,
  page: { after: number; limit: number },
): Promise<FailureRow[]> {
  try {
    const rows = await sql`
      select i.ordinal, i.uri, i.code, i.message, i.page, i.evidence, i.attempts, e.earlier
        from (select * from items
               where batch_id = ${batchId} and ordinal > ${page.after}
                 and (extract_state = 'failed' or classify_state = 'failed')
               order by ordinal limit ${page.limit}) i
        left join lateral (
          select json_agg(json_build_object('code', r.code, 'message', coalesce(r.message, ''), 'page', r.page,
                          'evidence', r.evidence, 'retriedAt', r.retried_at) order by r.retried_at desc) as earlier
            from retried_failures r where r.batch_id = i.batch_id and r.ordinal = i.ordinal) e on true
       order by i.ordinal`;
    return rows.map((row) => ({
      ordinal: row["ordinal"],
      uri: row["uri"],
      code: row["code"] ?? "INTERNAL",
      message: row["message"] ?? "",
      advice: isErrorCode(row["code"]) ? ERROR_RULES[row["code"]].advice : "",
      page: row["page"],
      evidence: row["evidence"],
      attempts: row["attempts"],
      earlier: row["earlier"] ?? [],
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
