import { AppError, type ItemDetail } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { translateDatabaseError } from "../db/database-error.ts";
import { readBatch } from "../db/queries/read-batch.ts";
import { readBatchOptions } from "../db/queries/read-batch-options.ts";
import { readSettingsOf } from "../dispatch/read-settings-of.ts";

const MAX_HISTORY = 100;

/** One item with what its worker was told and what became of it. NOT_FOUND. */
export async function readItem(database: Database, batchId: string, ordinal: number): Promise<ItemDetail> {
  const { status } = await readBatch(database, batchId);
  const options = await readBatchOptions(database, batchId);
  const { sql } = database;
  try {
    const [[row], earlier, history] = await Promise.all([
      sql`select * from items where batch_id = ${batchId} and ordinal = ${ordinal}`,
      sql`select * from retried_failures where batch_id = ${batchId} and ordinal = ${ordinal} order by retried_at desc`,
      sql`select id, worker_id, outcome, dispatched_at, ended_at, cardinality(ordinals) as items,
                 detail ->> 'fault' as fault
            from attempts where batch_id = ${batchId} and ${ordinal} = any(ordinals)
           order by id desc limit ${MAX_HISTORY}`,
    ]);
    if (row === undefined) throw new AppError("NOT_FOUND", `The batch has no item ${ordinal}.`);
    return {
      batchId,
      ordinal,
      uri: row["uri"],
      sizeBytes: row["size_bytes"],
      sourceVersion: row["source_version"],
      contentHash: row["content_hash"]?.toString("hex") ?? null,
      state: row["extract_state"],
      classifyState: row["classify_state"],
      code: row["code"],
      message: row["message"],
      page: row["page"],
      evidence: row["evidence"],
      attempts: row["attempts"],
      earlier: earlier.map((failure) => ({
        code: failure["code"],
        message: failure["message"] ?? "",
        page: failure["page"],
        evidence: failure["evidence"],
        retriedAt: failure["retried_at"].toISOString(),
      })),
      engineVersion: status.engineVersion,
      settings: readSettingsOf(options),
      history: history.map((attempt) => ({
        attemptId: attempt["id"],
        workerId: attempt["worker_id"],
        outcome: attempt["outcome"],
        dispatchedAt: attempt["dispatched_at"].toISOString(),
        endedAt: attempt["ended_at"]?.toISOString() ?? null,
        items: attempt["items"],
        fault: attempt["fault"],
      })),
    };
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
