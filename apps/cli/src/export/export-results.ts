import type { SluiceClient } from "@sluice/client";
import type { ExtractState } from "@sluice/contracts";
import { type ExportTarget, writeExport } from "./export-target.ts";
import { ROW_FORMATS } from "./format-row.ts";

/** Streams the results of a batch to a target, a line for each item in the order of submission. */
export async function exportResults(
  client: Pick<SluiceClient, "results">,
  batchId: string,
  target: ExportTarget,
  state?: ExtractState,
): Promise<void> {
  const { header, line } = ROW_FORMATS[target.format];
  await writeExport(target, async (writer) => {
    await writer.write(header);
    for await (const row of client.results(batchId, state === undefined ? {} : { state }))
      await writer.write(line(row));
  });
}
