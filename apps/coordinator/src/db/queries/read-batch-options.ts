import { AppError, storedOptionsSchema, type BatchOptions } from "@sluice/contracts";
import type { Database } from "../database.ts";
import { translateDatabaseError } from "../database-error.ts";

/** What a batch asks for; with a taxonomy of its own that is much more than its status. NOT_FOUND. */
export async function readBatchOptions({ sql }: Database, batchId: string): Promise<BatchOptions> {
  try {
    const [row] = await sql<{ options: unknown }[]>`select options 
      from batches where id = ${batchId} and deleting_at is null`;
    if (row === undefined) throw new AppError("NOT_FOUND", `There is no batch ${batchId}.`);
    return storedOptionsSchema.parse(row.options);
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
