import { AppError, type OpenBatchRequest, type OpenBatchResponse } from "@sluice/contracts";
import type { ReachedCluster } from "../cluster/reach-cluster.ts";

/** A worker registers a moment after its coordinator answers; on a machine that is busy the moment is long. */
const REGISTERS_WITHIN_MS = 30_000;
const ASK_AGAIN_MS = 25;

/** Opens a batch. Where the worker was started together with the coordinator, waits for it to register. */
export async function openBatch(
  { client, own, failure }: Pick<ReachedCluster, "client" | "own" | "failure">,
  request: OpenBatchRequest,
  signal: AbortSignal,
): Promise<OpenBatchResponse> {
  const deadline = performance.now() + (own ? REGISTERS_WITHIN_MS : 0);
  for (;;) {
    try {
      return await Promise.race([client.openBatch(request), failure]);
    } catch (error) {
      const waiting = error instanceof AppError && error.code === "NO_WORKERS" && performance.now() < deadline;
      if (!waiting) throw error;
    }
    if (signal.aborted) throw new AppError("INTERRUPTED", "interrupted before anything was handed in");
    await Promise.race([Bun.sleep(ASK_AGAIN_MS), failure]);
  }
}
