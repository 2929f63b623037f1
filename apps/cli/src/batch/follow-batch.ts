import type { SluiceClient } from "@sluice/client";
import type { BatchStatus } from "@sluice/contracts";
import type { CommandContext } from "../command-context.ts";
import { ProgressView } from "../output/progress-view.ts";

/** Shows how a batch goes until its end, or until a signal: that ends the watching, not the batch. How it stands then. */
export async function followBatch(
  client: SluiceClient,
  batchId: string,
  context: Pick<CommandContext, "stderr">,
  signal: AbortSignal,
): Promise<BatchStatus> {
  using view = new ProgressView(context.stderr);
  try {
    for await (const status of client.watchBatch(batchId, { signal })) {
      view.observe(status);
      view.listed(status.items, status.state !== "open");
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return await client.getBatch(batchId);
}
