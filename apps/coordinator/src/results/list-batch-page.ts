import { AppError, batchIdSchema, type BatchList } from "@sluice/contracts";
import type { Database } from "../db/database.ts";
import { type BatchFilter, type BatchPosition, listBatches } from "../db/queries/read-batch.ts";

/** A page of batches, the newest first. The last page costs what the first does. BAD_REQUEST for a cursor of nobody's. */
export async function listBatchPage(
  database: Database,
  { cursor, ...filter }: Omit<BatchFilter, "after"> & { cursor: string | null },
): Promise<BatchList> {
  const after = cursor === null ? null : readCursor(cursor);
  // One more tells whether there is another page.
  const found = await listBatches(database, { ...filter, after, limit: filter.limit + 1 });
  const batches = found.slice(0, filter.limit);
  const last = batches.at(-1);
  const next =
    found.length > batches.length && last !== undefined
      ? writeCursor({ createdMicros: last.createdMicros, batchId: last.status.batchId })
      : null;
  return { batches: batches.map((batch) => batch.status), next };
}

function writeCursor({ createdMicros, batchId }: BatchPosition): string {
  return `${createdMicros}~${batchId}`;
}

function readCursor(cursor: string): BatchPosition {
  const [, micros, id] = /^(\d{1,16})~(.+)$/.exec(cursor) ?? [];
  const batchId = batchIdSchema.safeParse(id);
  if (micros === undefined || !batchId.success) {
    throw new AppError("BAD_REQUEST", "The cursor is none that a list of batches has given; begin without one.");
  }
  return { createdMicros: Number(micros), batchId: batchId.data };
}
