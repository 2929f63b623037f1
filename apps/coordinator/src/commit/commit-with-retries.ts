import { AppError } from "@sluice/contracts";
import { type Logger, waitOrAbort } from "@sluice/serverkit";
import { isContention, isRowFault } from "../db/database-error.ts";
import type { Turns } from "../db/turns.ts";
import type { CommitRetry } from "../metrics/coordinator-metrics.ts";
import type { CommitMode } from "./commit-shard.ts";
import type { StoreRoom } from "./store-room.ts";

/** Two commits of the same new bytes meet once; a dozen times means something else is wrong. */
const MAX_CONTENTIONS = 12;
/** How long results wait for a database that is away. Longer than a restart; its lease decides what is still wanted. */
const WAIT_FOR_DATABASE_MS = 60_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;

/**
 * Commits what was received through what may go wrong: contention is tried again with what is known by then, a refused row is
 * looked for, a database that is away or full is waited for. Throws what is left; the shard is then read again.
 */
export async function commitWithRetries(
  parts: {
    readonly logger: Logger;
    readonly commitTurns: Turns;
    readonly storeRoom: StoreRoom;
    readonly metrics?: { retried(reason: CommitRetry): void };
  },
  commit: (mode: CommitMode) => Promise<"committed" | "fenced">,
  signal: AbortSignal,
): Promise<"committed" | "fenced"> {
  const deadline = Date.now() + WAIT_FOR_DATABASE_MS;
  let mode: CommitMode = "whole";
  let contentions = 0;
  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    try {
      const outcome = await parts.commitTurns.take(() => commit(mode));
      if (outcome === "committed") parts.storeRoom.stored();
      return outcome;
    } catch (error) {
      if (error instanceof AppError && error.code === "DISK_FULL") parts.storeRoom.refuse();
      if (isContention(error) && contentions < MAX_CONTENTIONS) {
        parts.metrics?.retried("contention");
        contentions += 1;
        await Bun.sleep(Math.random() * 20 * contentions);
      } else if (isRowFault(error) && mode === "whole") {
        parts.metrics?.retried("row");
        parts.logger.warn({ err: error }, "a row was refused; looking for its document");
        mode = "bisect";
      } else if (isAway(error) && !signal.aborted && Date.now() + waitMs < deadline) {
        parts.metrics?.retried("database");
        parts.logger.warn({ code: error.code, waitMs }, "commit waits for the database");
        await waitOrAbort(waitMs, signal);
        waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
      } else {
        throw error;
      }
    }
  }
}

function isAway(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === "DATABASE_UNAVAILABLE" || error.code === "DISK_FULL");
}
