import {
  type BatchEvent,
  batchEventSchema,
  batchStatusSchema,
  type EventsReset,
  eventsResetSchema,
  type EventType,
} from "@sluice/contracts";
import type { HttpTarget } from "./http-call.ts";
import { parseEvent, resumedEvents, type WatchOptions } from "./resumed-events.ts";

export interface ListenOptions extends WatchOptions {
  /** The `position` of the last event that was dealt with: those after it come first. Without it: from now on. */
  after?: number;
  /** Only these; of a batch all come. */
  types?: readonly EventType[];
}

/**
 * What happens to batches, in order, each event once, across breaks and restarts of coordinators. What was missed for so long that it is
 * not kept any more is told as one `reset`, with the batches as they stand. Of one batch it ends with the batch; of all, when
 * the caller leaves.
 */
export async function* listenEvents(
  target: HttpTarget,
  { path, ofBatch }: { path: string; ofBatch: boolean },
  { after, types, ...options }: ListenOptions = {},
): AsyncGenerator<BatchEvent | EventsReset, void, undefined> {
  const call = {
    path,
    query: ofBatch ? {} : { types: types?.join(",") },
    ...(after === undefined ? {} : { lastId: String(after) }),
  };
  for await (const event of resumedEvents(target, call, options)) {
    if (event.event === "change") yield parseEvent(path, event, batchEventSchema);
    else if (event.event === "reset") yield parseEvent(path, event, eventsResetSchema);
    else if (event.event === "status") {
      const { state } = parseEvent(path, event, batchStatusSchema);
      if (state === "done" || state === "cancelled") return;
    }
  }
}
