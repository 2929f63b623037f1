import { AttemptEnded } from "./attempt-ended.ts";

// Longer, and the shard is better off on another slot: a document may hold this one up to its limit.
const PATIENCE_MS = 2_000;

/**
 * Settles when the slot that a shard was fetched for is free. `before`: how the shard before it ended there, null: well.
 * AttemptEnded when that took its worker with it, when the slot does not come free soon, or with `signal`'s reason.
 */
export async function ownSlot(before: Promise<AttemptEnded | null>, signal: AbortSignal): Promise<void> {
  const { promise: over, resolve, reject } = Promise.withResolvers<null>();
  const onAbort = (): void => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const late = new AttemptEnded("busy", { fault: "the slot it was meant for did not come free" });
  const timer = setTimeout(() => reject(late), PATIENCE_MS);
  try {
    const end = await Promise.race([before, over]);
    if (end !== null) throw new AttemptEnded("unreachable", { fault: `the shard before it ended: ${end.outcome}` });
  } finally {
    resolve(null);
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
