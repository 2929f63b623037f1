import { type BatchStatus, batchStatusSchema } from "@sluice/contracts";
import type { HttpTarget } from "./http-call.ts";
import { parseEvent, resumedEvents, type WatchOptions } from "./resumed-events.ts";

/**
 * A batch as it stands now and after every change, until its state is `done` or `cancelled`. Connects again after a
 * break; statuses in between are lost, the newest never is.
 */
export async function* watchBatch(
  target: HttpTarget,
  path: string,
  options: WatchOptions = {},
): AsyncGenerator<BatchStatus, void, undefined> {
  for await (const event of resumedEvents(target, { path }, options)) {
    if (event.event !== "status") continue;
    const status = parseEvent(path, event, batchStatusSchema);
    yield status;
    if (status.state === "done" || status.state === "cancelled") return;
  }
}
