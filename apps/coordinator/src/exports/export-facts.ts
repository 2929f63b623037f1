import type { Batch } from "../db/queries/read-batch.ts";

/** What the rows of an export are of, for who finds the file later. */
export function exportFacts({ status }: Batch, rows: "results" | "pages"): Record<string, string> {
  return {
    "sluice.rows": rows,
    "sluice.batch": status.batchId,
    "sluice.batchState": status.state,
    "sluice.engineVersion": status.engineVersion,
    "sluice.extractHash": status.extractHash,
    ...(status.classifyHash === null ? {} : { "sluice.classifyHash": status.classifyHash }),
  };
}
