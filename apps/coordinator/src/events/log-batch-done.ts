import type { Logger } from "@sluice/serverkit";
import type { Database } from "../db/database.ts";
import { readBatch } from "../db/queries/read-batch.ts";

/** Says in the log that a batch is done: with what, and how long it took from its opening. Never throws. */
export async function logBatchDone({ database, logger }: { database: Database; logger: Logger }, batchId: string) {
  try {
    const { status } = await readBatch(database, batchId);
    const { state, items, pages, bytes, createdAt, finishedAt } = status;
    // A retry was quicker.
    if (state !== "done" || finishedAt === null) return;
    const seconds = (Date.parse(finishedAt) - Date.parse(createdAt)) / 1_000;
    const counts = { extract: reached(status.extract), classify: reached(status.classify) };
    logger.info({ batchId, items, pages, bytes, ...counts, seconds }, "a batch is done");
  } catch (error) {
    logger.info({ batchId, err: error }, "a batch is done; its counts cannot be read now");
  }
}

function reached(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, items]) => items > 0));
}
