import { ApiError, type SluiceClient } from "@sluice/client";
import type { ExportFormat, ExtractState } from "@sluice/contracts";
import { EXPORT_NAMES, type ExportTarget, writeExport } from "./export-target.ts";

/** Starts of an export that cannot go on in its middle. */
const MAX_STARTS = 3;

type Exporter = Pick<SluiceClient, "exportResults" | "exportPages">;

/** Saves what the server writes: results, a row each item, or pages, a row each page, in the order of submission. */
export async function exportResults(
  client: Exporter,
  batchId: string,
  target: ExportTarget,
  { state, rows = "results" }: { state?: ExtractState | undefined; rows?: "results" | "pages" } = {},
): Promise<void> {
  const format: ExportFormat = EXPORT_NAMES[target.format];
  const options = state === undefined ? { format } : { format, state };
  for (let starts = 1; ; starts += 1) {
    try {
      await writeExport(target, async (writer) => {
        const chunks = rows === "pages" ? client.exportPages(batchId, options) : client.exportResults(batchId, options);
        for await (const chunk of chunks) await writer.writeBytes(chunk);
      });
      return;
    } catch (error) {
      // JSON lines and CSV have gone on by themselves. What a device or a pipe has taken cannot be taken back.
      const again = error instanceof ApiError && error.retryable && format === "parquet" && !target.inPlace;
      if (!again || starts === MAX_STARTS) throw error;
    }
  }
}
