import { AppError } from "@sluice/contracts";
import type { ReachedCluster } from "./reach-cluster.ts";

/** A worker registers a moment after its coordinator answers; on a machine that is busy the moment is long. */
const REGISTERS_WITHIN_MS = 30_000;
const ASK_AGAIN_MS = 25;

/** Asks for what needs a worker. Where that was started together with the coordinator, waits for it to register. */
export async function whenWorkersCome<T>(
  { own, failure }: Pick<ReachedCluster, "own" | "failure">,
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const deadline = performance.now() + (own ? REGISTERS_WITHIN_MS : 0);
  for (;;) {
    try {
      return await Promise.race([ask(), failure]);
    } catch (error) {
      const waiting = error instanceof AppError && error.code === "NO_WORKERS" && performance.now() < deadline;
      if (!waiting) throw error;
    }
    if (signal.aborted) throw new AppError("INTERRUPTED", "interrupted before there was a worker");
    await Promise.race([Bun.sleep(ASK_AGAIN_MS), failure]);
  }
}
