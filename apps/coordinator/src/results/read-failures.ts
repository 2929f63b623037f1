import { ERROR_RULES, type FailureRow, isErrorCode } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";

/** Failed items by ordinal, with the evidence and the next step. */
export async function readFailures(
  { sql }: Database,
  batchId: string,
  page: { after: number; limit: number },
): Promise<FailureRow[]> {
  try {
    const rows = await sql`
      select ordinal, uri, code, message, page, evidence, attempts from items
       where batch_id = ${batchId} and ordinal > ${page.after}
         and (extract_state = 'failed' or classify_state = 'failed')
       order by ordinal limit ${page.limit}`;
    return rows.map((row) => ({
      ordinal: row["ordinal"],
      uri: row["uri"],
      code: row["code"] ?? "INTERNAL",
      message: row["message"] ?? "",
      advice: isErrorCode(row["code"]) ? ERROR_RULES[row["code"]].advice : "",
      page: row["page"],
      evidence: row["evidence"],
      attempts: row["attempts"],
    }));
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
