import { backOffMs, pause, type SluiceClient } from "@sluice/client";
import { AppError } from "@sluice/contracts";

/** About half a minute in all: a part that died is back by then, or will not come back. */
const TRIES = 10;

/**
 * Ends a submission. The server takes the same seal twice, so a call whose answer was lost, because the coordinator died
 * with it perhaps, is made again.
 */
export async function sealBatch(
  client: Pick<SluiceClient, "sealBatch">,
  batchId: string,
  items: number,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.sealBatch(batchId, items, { signal });
      return;
    } catch (error) {
      if (!(error instanceof AppError) || !error.retryable || attempt >= TRIES) throw error;
      await pause(backOffMs(attempt), signal);
    }
  }
}
